using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

/// <summary>The body of POST /oauth.</summary>
internal sealed record OAuthRequest
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("redirect_uri")]
    public string? RedirectUri { get; init; }

    [JsonPropertyName("nonce")]
    public string? Nonce { get; init; }

    [JsonPropertyName("code")]
    public string? Code { get; init; }
}
