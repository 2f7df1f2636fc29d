using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

/// <summary>The data of POST /oauth, type code.</summary>
internal sealed record OAuthCodeResponse
{
    [JsonPropertyName("code")]
    public string? Code { get; init; }

    [JsonPropertyName("permissions")]
    public IReadOnlyList<string>? Permissions { get; init; }

    [JsonPropertyName("version")]
    public string? Version { get; init; }

    [JsonPropertyName("isEnterprise")]
    public bool IsEnterprise { get; init; }
}
