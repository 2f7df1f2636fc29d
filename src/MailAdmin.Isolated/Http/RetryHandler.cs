using Polly;
using Polly.Retry;

namespace MailAdmin.Isolated.Http;

/// <summary>Sends a request again as long as the caller's rule says so. Polly waits, counts and cancels; the rule is the caller's.</summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> s_request = new("request");
    private static readonly ResiliencePropertyKey<TimeSpan> s_delay = new("delay");

    private readonly ResiliencePipeline<HttpResponseMessage> _retry;

    public RetryHandler(HttpPipelineOptions options) =>
        _retry = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(options, arguments)),
                DelayGenerator = static arguments =>
                    ValueTask.FromResult<TimeSpan?>(arguments.Context.Properties.GetValue(s_delay, TimeSpan.Zero)),
                OnRetry = arguments =>
                {
                    options.OnRetry?.Invoke(GetRequest(arguments.Context), arguments.AttemptNumber, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_request, request);
        try
        {
            return await _retry.ExecuteAsync(
                static async (context, handler) => await handler.SendOnceAsync(GetRequest(context), context.CancellationToken).ConfigureAwait(false),
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
    private static bool ShouldRetry(HttpPipelineOptions options, RetryPredicateArguments<HttpResponseMessage> arguments)
    {
        ResilienceContext context = arguments.Context;
        if (context.CancellationToken.IsCancellationRequested
            || options.RetryDelay(GetRequest(context), arguments.Outcome.Result, arguments.Outcome.Exception, arguments.AttemptNumber) is not { } delay)
        {
            return false;
        }

        context.Properties.Set(s_delay, delay);
        return true;
    }
}
