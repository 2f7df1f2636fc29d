using Microsoft.AspNetCore.Http.Features;

namespace MailAdmin.Sandbox.Host;

/// <summary>Carries requests from the socket into the server, and answers, or their absence, back.</summary>
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
        SandboxResponse answer = await server.HandleAsync(request, context.RequestAborted).ConfigureAwait(false);
        if (answer.IsReset)
        {
            context.Abort();
            return;
        }

        // Where the body is to break in the middle, this throws, and Kestrel closes the connection behind what was written so far.
        await WriteAsync(answer, context.Response, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(SandboxResponse answer, HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach ((string? name, string? value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (answer.Status != StatusCodes.Status204NoContent)
        {
            response.ContentLength = answer.ContentLength;
        }

        await answer.WriteToAsync(response.Body, cancellationToken).ConfigureAwait(false);
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
