using Microsoft.AspNetCore.Http.Features;

namespace MailAdmin.Sandbox.Host;

/// <summary>Passes requests from the socket to the server, and responses, or a closed connection, back.</summary>
internal static class SocketTransport
{
    public static async Task ForwardAsync(SandboxServer server, HttpContext context)
    {
        var request = new SandboxRequest
        {
            Method = context.Request.Method.ToUpperInvariant(),
            Target = context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            Authorization = GetHeader(context.Request, "Authorization"),
            ContentType = GetHeader(context.Request, "Content-Type"),
            Body = await ReadBodyAsync(context.Request).ConfigureAwait(false),
            RemoteAddress = context.Connection.RemoteIpAddress,
        };
        SandboxResponse response = await server.HandleAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (response.IsReset)
        {
            context.Abort();
            return;
        }

        // Where the body has to break in the middle, this throws, and Kestrel closes the connection after what was written so far.
        await WriteAsync(response, context.Response, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(SandboxResponse response, HttpResponse target, CancellationToken cancellationToken)
    {
        target.StatusCode = response.Status;
        target.ContentType = response.ContentType;
        foreach ((string name, string value) in response.Headers)
        {
            target.Headers.Append(name, value);
        }

        if (response.Status != StatusCodes.Status204NoContent)
        {
            target.ContentLength = response.ContentLength;
        }

        await response.WriteToAsync(target.Body, cancellationToken).ConfigureAwait(false);
    }

    private static string? GetHeader(HttpRequest request, string name) => request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) ? values.ToString() : null;

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is 0 or null && request.Headers.TransferEncoding.Count == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
