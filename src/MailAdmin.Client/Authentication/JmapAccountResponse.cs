using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

/// <summary>The answer of GET /account.</summary>
internal sealed record JmapAccountResponse
{
    [JsonPropertyName("permissions")]
    public IReadOnlyList<string>? Permissions { get; init; }

    [JsonPropertyName("edition")]
    public string? Edition { get; init; }
}
