namespace MailAdmin.Sandbox.Authentication;

/// <summary>
/// A code that can be exchanged for a token. The target is the redirect URI of an authorisation code, the device code of a user code;
/// without an account it waits for approval.
/// </summary>
internal sealed record OAuthCode(uint? AccountId, string ClientId, string? Nonce, string Target, DateTimeOffset ExpiresAt)
{
    /// <summary>What the client asked to be allowed; null where it named nothing.</summary>
    public string? Scope { get; init; }

    /// <summary>What the client has to prove.</summary>
    public CodeChallenge Challenge { get; init; } = new(null, false);
}
