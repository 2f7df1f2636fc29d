using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

/// <summary>The body of POST /auth, by which login and password become a code. Its text form shows no secret.</summary>
internal sealed record JmapSignInRequest
{
    [JsonPropertyName("type")]
    public string Type { get; } = "authCode";

    [JsonPropertyName("accountName")]
    public required string AccountName { get; init; }

    [JsonPropertyName("accountSecret")]
    public required string AccountSecret { get; init; }

    [JsonPropertyName("mfaToken")]
    public string? OneTimeCode { get; init; }

    [JsonPropertyName("clientId")]
    public required string ClientId { get; init; }

    [JsonPropertyName("redirectUri")]
    public required string RedirectUri { get; init; }

    [JsonPropertyName("codeChallenge")]
    public required string CodeChallenge { get; init; }

    [JsonPropertyName("codeChallengeMethod")]
    public string CodeChallengeMethod { get; } = "S256";

    public override string ToString() => nameof(JmapSignInRequest);
}
