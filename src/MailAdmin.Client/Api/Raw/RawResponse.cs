using System.Text.Json;

namespace MailAdmin.Client;

/// <summary>The answer to a raw call: one of the two is set.</summary>
/// <param name="Data">The value of <c>data</c>, or a bare JSON value.</param>
/// <param name="Bytes">The body where it is no JSON.</param>
public sealed record RawResponse(JsonElement? Data, byte[]? Bytes);
