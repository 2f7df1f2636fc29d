using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Reads whole answers, except streams, inside the retry, so that a connection that ends in the middle of a body is a failed attempt like
/// any other. It has a timeout of its own: that of the pipeline covers the headers alone.
/// </summary>
internal sealed class BufferingHandler(TimeSpan limit, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (ApiRequestContext.Get(request) is not { Streams: false })
        {
            return response;
        }
        try
        {
            await BufferAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task BufferAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await response.Content.LoadIntoBufferAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, "The response did not arrive completely in time.", new TimeoutException(e.Message));
        }
    }
}
