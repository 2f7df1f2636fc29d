using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace MailAdmin.Sandbox.Http;

/// <summary>Carries requests of an HttpClient into the server without a socket.</summary>
internal sealed class SandboxHandler(Func<SandboxRequest, CancellationToken, Task<SandboxResponse>> handle) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SandboxResponse response = await handle(await ReadAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (response.IsReset)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.", new IOException("The connection was reset."));
        }

        var message = new HttpResponseMessage((HttpStatusCode)response.Status) { RequestMessage = request, Content = new SandboxContent(response) };
        foreach ((string name, string value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (!string.IsNullOrEmpty(response.ContentType))
        {
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(response.ContentType);
        }

        return message;
    }

    private static async Task<SandboxRequest> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        Uri uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        return new SandboxRequest
        {
            Method = request.Method.Method.ToUpper(CultureInfo.InvariantCulture),
            Target = uri.PathAndQuery,
            Authorization = request.Headers.NonValidated.TryGetValues("Authorization", out HeaderStringValues values) ? values.ToString() : null,
            ContentType = request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues types) == true ? types.ToString() : null,
            Body = body,
        };
    }
}
