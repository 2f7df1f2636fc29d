// Any call of the API, for what has no method of its own.
using System.Net.Http.Headers;
using System.Text.Json;
using MailAdmin.Client.Api.Raw;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Any call: method and path under /api, with the sign-in, the limits and the error mapping of all other calls.</summary>
public sealed class RawResource
{
    private readonly ApiChannel _channel;

    internal RawResource(ApiChannel channel) => _channel = channel;

    /// <summary>Whether a call of any operation changes nothing on the server. Sends nothing. A GET that the table of operations does not have counts as
    /// a change where it begins like one that changes the server, such as <c>/reload</c>.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path under /api, as for <see cref="SendAsync"/>.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a path that leads out of /api.</exception>
    public static bool IsReadOnly(HttpMethod method, string path)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        return RawPath.Parse(method, path).IsReadOnly;
    }

    /// <summary>What a call deletes that cannot be had back, as a phrase such as "delete a principal with its mail"; null where it deletes nothing. Sends nothing.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path under /api, as for <see cref="SendAsync"/>.</param>
    /// <param name="body">The body: some operations delete only where it says so.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a path that leads out of /api.</exception>
    public static string? FindLoss(HttpMethod method, string path, byte[]? body)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        var target = RawPath.Parse(method, path);
        return target.LosesData ? target.IsListed ? target.Operation.Purpose : "it may delete data"
            : RawLosses.Find(target.Operation, body);
    }

    /// <summary>Refuses a call that the server is known not to have. Sends nothing.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path under /api, as for <see cref="SendAsync"/>.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c> for a path of the management API from 0.16 on; <c>RejectedByClient</c> for a path that leads out of /api.</exception>
    public void Check(HttpMethod method, string path)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        MissingRoutes.ThrowIfOfManagementApi(RawPath.Parse(method, path).Operation, _channel.Server);
    }

    /// <summary>Sends a call, of any operation.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path under /api, already percent-encoded, with its query. With or without a slash in front; <c>/api/</c> in front is accepted.</param>
    /// <param name="body">The body, or null. At most 1 MiB.</param>
    /// <param name="contentType">The body's media type.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="secrets">Texts of the body that no message may hold, beyond those that the names of its members show to be secret.</param>
    /// <returns>The value of <c>data</c> as JSON, or the bytes of an answer that is not JSON.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a path that leads out of /api and a body that the server would drop; any
    /// other code for what the server answers; <c>OutcomeUnknown</c> when it changes the server and the answer is not the server's own.</exception>
    public async Task<RawResponse> SendAsync(HttpMethod method, string path, byte[]? body, string? contentType, CancellationToken cancellationToken, IReadOnlyList<string>? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        var target = RawPath.Parse(method, path);
        // It may be anything, and so also what the server must not be asked for often at once.
        var context = new ApiRequestContext(target.Operation)
        {
            Idempotency = target.Idempotency,
            IsExpanded = true,
            MaxResponseBytes = ResponseSize.MaxBlob,
            ChangesServer = !target.IsReadOnly,
            Secrets = [.. secrets ?? [], .. RawSecrets.Find(body)],
        };
        if (body is not null)
        {
            BodySize.Check(body, context.Operation);
        }
        using HttpContent? content = CreateContent(body, contentType);
        RawResponse answer = await _channel.ReadAsync(context, _channel.Uri.ApiRelative(target.PathAndQuery), content, response => ReadAsync(response, context, cancellationToken), cancellationToken).ConfigureAwait(false);
        return answer with { KeyPrefix = target.GetKeyPrefix(), IsSchema = target.IsOfSchema };
    }

    internal static async Task<RawResponse> ReadAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        if (context.ChangesServer)
        {
            // Only the server's own form says that it was done.
            return new RawResponse(await ResponseReader.ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader).EnsureReadable(), cancellationToken).ConfigureAwait(false), null);
        }
        byte[] body = await ResponseReader.ReadBytesAsync(response, context, cancellationToken).ConfigureAwait(false);
        if (!ResponseBodyClassifier.IsJson(response) || body.Length == 0)
        {
            return ResponseBodyClassifier.Classify(body, response) == ResponseBodyKind.Html
                ? throw ResponseReader.CreateUnexpectedResponse(body, response, context, null)
                : new RawResponse(null, body);
        }
        try
        {
            var reader = new Utf8JsonReader(body);
            JsonElement json = JsonElement.ParseValue(ref reader).EnsureReadable();
            // Whatever follows it throws here.
            reader.Read();
            return new RawResponse(json.ValueKind == JsonValueKind.Object && json.TryGetProperty("data", out JsonElement data) ? data : json, null);
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            throw ResponseReader.CreateUnexpectedResponse(body, response, context, e);
        }
    }

    private static ByteArrayContent? CreateContent(byte[]? body, string? contentType)
    {
        if (body is null)
        {
            return null;
        }
        var content = new ByteArrayContent(body);
        if (!string.IsNullOrWhiteSpace(contentType))
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }
        return content;
    }
}
