using Polly;
using Polly.Retry;

namespace MailAdmin.Isolated.Http;

/// <summary>Sends a request again as long as the caller's rule says so. Polly waits, counts and cancels; the rule is the caller's. Requests with content must be sendable twice (ByteArrayContent and the like).</summary>
public sealed class RetryHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> s_request = new("request");
    private static readonly ResiliencePropertyKey<TimeSpan> s_delay = new("delay");

    private readonly ResiliencePipeline<HttpResponseMessage> _retry;

    /// <summary>Creates the handler.</summary>
    /// <param name="maxRetries">How many times one request may be sent again, at least once.</param>
    /// <param name="delay">
    /// Called after each attempt with the request, its answer or its exception, and the attempt's number from 0: how long to wait before sending again,
    /// or null not to. Not called once the caller has cancelled.
    /// </param>
    /// <param name="onRetry">Called before each wait: the request, the number of the attempt that failed, and the delay.</param>
    /// <param name="time">The clock of the waits.</param>
    public RetryHandler(int maxRetries, Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> delay, Action<HttpRequestMessage, int, TimeSpan>? onRetry, TimeProvider time) =>
        _retry = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = maxRetries,
                ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(delay, arguments)),
                DelayGenerator = static arguments =>
                    ValueTask.FromResult<TimeSpan?>(arguments.Context.Properties.GetValue(s_delay, TimeSpan.Zero)),
                OnRetry = arguments =>
                {
                    onRetry?.Invoke(GetRequest(arguments.Context), arguments.AttemptNumber, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_request, request);
        try
        {
            return await _retry.ExecuteAsync(
                static (context, handler) => new ValueTask<HttpResponseMessage>(handler.SendOnceAsync(GetRequest(context), context.CancellationToken)),
                context,
                this).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);

    private static HttpRequestMessage GetRequest(ResilienceContext context) => context.Properties.GetValue(s_request, null!);

    /// <summary>Asks the caller's rule once and leaves the delay in the context, where the delay generator finds it.</summary>
    private static bool ShouldRetry(Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> rule, RetryPredicateArguments<HttpResponseMessage> arguments)
    {
        ResilienceContext context = arguments.Context;
        if (context.CancellationToken.IsCancellationRequested
            || rule(GetRequest(context), arguments.Outcome.Result, arguments.Outcome.Exception, arguments.AttemptNumber) is not { } delay)
        {
            return false;
        }

        context.Properties.Set(s_delay, delay);
        return true;
    }
}
