// Any call of the API, for what has no method of its own.
using System.Text.Json;

namespace MailAdmin.Client.Resources;

/// <summary>The escape hatch: any method and path under /api through the same chain and error mapping.</summary>
public sealed class RawResource
{
    internal RawResource()
    {
    }

    /// <summary>Sends the call and returns <c>data</c> as JSON, or the bytes of an answer that is none.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path under /api, already percent-encoded, with its query.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="contentType">The body's media type.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<RawAnswer> SendAsync(HttpMethod method, string path, byte[]? body, string? contentType, CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <summary>The answer to a raw call: one of the two is set.</summary>
/// <param name="Data">The value of <c>data</c>, or a bare JSON object.</param>
/// <param name="Bytes">The body where it is no JSON.</param>
public sealed record RawAnswer(JsonElement? Data, byte[]? Bytes);
