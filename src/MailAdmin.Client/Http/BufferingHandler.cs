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
        if (ApiRequestContext.Get(request) is not { Streams: false } context)
        {
            return response;
        }
        try
        {
            await ResponseBuffer.LoadAsync(response, context.MaxResponseBytes, limit, time, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
