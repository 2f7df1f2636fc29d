using System.Text.Json;

namespace MailAdmin.Sandbox.Host;

/// <summary><c>/sandbox/…</c>: the requests by which another process controls the sandbox, beside the API that it serves.</summary>
internal sealed class ControlEndpoint(SandboxServer server)
{
    private static readonly PathString s_root = new("/sandbox");

    public static bool Handles(PathString path) => path.StartsWithSegments(s_root, StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is JsonException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { error = refused.Message }, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task DispatchAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("POST", "/sandbox/clock"):
                using (JsonDocument body = await ReadJsonAsync(context).ConfigureAwait(false))
                {
                    server.Clock.Advance(TimeSpan.FromSeconds(body.RootElement.GetProperty("advanceSeconds").GetDouble()));
                }

                break;
            case ("POST", "/sandbox/fault"):
                using (JsonDocument body = await ReadJsonAsync(context).ConfigureAwait(false))
                {
                    server.Faults.Add(FaultJson.Parse(body.RootElement));
                }

                break;
            case ("DELETE", "/sandbox/fault"):
                server.Faults.Clear();
                break;
            case ("POST", "/sandbox/deliver"):
                using (JsonDocument body = await ReadJsonAsync(context).ConfigureAwait(false))
                {
                    await DeliverAsync(context, body.RootElement).ConfigureAwait(false);
                }

                break;
            case ("GET", "/sandbox/log"):
                await context.Response.WriteAsJsonAsync(new { count = server.RequestCount, lines = server.RequestLog }, context.RequestAborted)
                    .ConfigureAwait(false);
                break;
            case ("GET", "/sandbox/streams"):
                await context.Response.WriteAsJsonAsync(new { opened = server.StreamsOpened, open = server.OpenStreams }, context.RequestAborted)
                    .ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private async Task DeliverAsync(HttpContext context, JsonElement smtp)
    {
        string? refusal = server.Deliver(
            smtp.GetProperty("authenticatedAs").GetString(),
            smtp.GetProperty("mailFrom").GetString() ?? "",
            [.. smtp.GetProperty("rcptTo").EnumerateArray().Select(recipient => recipient.GetString() ?? "")],
            smtp.GetProperty("messageBase64").GetBytesFromBase64());
        if (refusal is null)
        {
            return;
        }

        context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await context.Response.WriteAsJsonAsync(new { error = refusal }, context.RequestAborted).ConfigureAwait(false);
    }

    private static Task<JsonDocument> ReadJsonAsync(HttpContext context) =>
        JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
}
