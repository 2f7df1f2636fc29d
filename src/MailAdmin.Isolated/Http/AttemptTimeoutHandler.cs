using System.Globalization;
using Polly;
using Polly.Timeout;

namespace MailAdmin.Isolated.Http;

/// <summary>
/// Limits one attempt up to its answer's headers; what is read from the body afterwards is not timed, so streams live on.
/// A timeout is the platform's own exception, because nothing outside this assembly knows Polly's.
/// </summary>
internal sealed class AttemptTimeoutHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _timeout;

    public AttemptTimeoutHandler(TimeSpan limit, TimeProvider time) =>
        _timeout = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = limit })
            .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _timeout.ExecuteAsync(
                static async (state, token) => await state.Handler.SendOnceAsync(state.Request, token).ConfigureAwait(false),
                (Handler: this, Request: request),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            string message = string.Create(CultureInfo.InvariantCulture,
                $"The server did not answer within {exception.Timeout.TotalSeconds:0.###} seconds.");
            throw new HttpRequestException(HttpRequestError.Unknown, message, new TimeoutException(message));
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);
}
