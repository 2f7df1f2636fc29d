using System.Text.Json;
using MailAdmin.Client.Api.Raw;

namespace MailAdmin.Client;

/// <summary>The answer to a raw call: one of the two is set.</summary>
/// <param name="Data">The value of <c>data</c>, or a bare JSON value.</param>
/// <param name="Bytes">The body where it is no JSON.</param>
public sealed record RawResponse(JsonElement? Data, byte[]? Bytes)
{
    /// <summary>The same with the stored secrets of the JSON hidden: password hashes, secret settings, keys, tokens.</summary>
    public RawResponse WithoutSecrets() => Data is { } data && !IsSchema ? this with { Data = RawSecrets.Hide(data, KeyPrefix) } : this;

    /// <summary>Whether it describes the types of the server's objects, and holds none: the names of secrets in it are names.</summary>
    internal bool IsSchema { get; init; }

    /// <summary>What the server leaves out at the front of the keys of settings, with its dot; empty where they are whole.</summary>
    internal string KeyPrefix { get; init; } = "";
}
