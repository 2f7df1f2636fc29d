using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

/// <summary>The answer of POST /auth.</summary>
internal sealed record JmapSignInResponse
{
    /// <summary>The login and password are right, and this is the code.</summary>
    public const string Authenticated = "authenticated";

    /// <summary>The device is approved.</summary>
    public const string Verified = "verified";

    /// <summary>They are right, and a one-time code is missing.</summary>
    public const string OneTimeCodeRequired = "mfaRequired";

    /// <summary>They are not, or the account may not sign in, or the address is banned.</summary>
    public const string Failure = "failure";

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("client_code")]
    public string? Code { get; init; }
}
