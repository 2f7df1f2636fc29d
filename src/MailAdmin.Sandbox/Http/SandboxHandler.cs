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
        SandboxResponse answer = await handle(await ReadAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (answer.IsReset)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.", new IOException("The connection was reset."));
        }

        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new SandboxContent(answer) };
        foreach ((string? name, string? value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        if (!string.IsNullOrEmpty(answer.ContentType))
        {
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        }

        return response;
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
