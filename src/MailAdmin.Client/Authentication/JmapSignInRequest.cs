using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

/// <summary>The body of POST /auth, by which login and password become a code, or approve a device. Its text form shows no secret.</summary>
internal sealed record JmapSignInRequest
{
    /// <summary>That a device is to be approved.</summary>
    public const string DeviceType = "authDevice";

    [JsonPropertyName("type")]
    public string Type { get; init; } = "authCode";

    [JsonPropertyName("accountName")]
    public required string AccountName { get; init; }

    [JsonPropertyName("accountSecret")]
    public required string AccountSecret { get; init; }

    [JsonPropertyName("mfaToken")]
    public string? OneTimeCode { get; init; }

    [JsonPropertyName("clientId")]
    public string? ClientId { get; init; }

    [JsonPropertyName("redirectUri")]
    public string? RedirectUri { get; init; }

    [JsonPropertyName("nonce")]
    public string? Nonce { get; init; }

    [JsonPropertyName("codeChallenge")]
    public string? CodeChallenge { get; init; }

    [JsonPropertyName("codeChallengeMethod")]
    public string? CodeChallengeMethod => CodeChallenge is null ? null : PkceChallenge.Method;

    /// <summary>The code that a device shows.</summary>
    [JsonPropertyName("code")]
    public string? DeviceCode { get; init; }

    public override string ToString() => nameof(JmapSignInRequest);
}
