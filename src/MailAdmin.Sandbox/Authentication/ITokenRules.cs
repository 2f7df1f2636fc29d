namespace MailAdmin.Sandbox.Authentication;

/// <summary>Where the families of servers differ in handing out tokens.</summary>
internal interface ITokenRules
{
    int MaxClientIdBytes { get; }

    TokenLifetimes Lifetimes { get; }

    /// <summary>The page on which a user approves a device.</summary>
    string VerificationPath { get; }

    /// <summary>What a device may be allowed of what it asks for; null for nothing.</summary>
    string? GrantDeviceScope(string? requested);

    /// <summary>The client that asks; null where none is named.</summary>
    string? FindClientId(OAuthForm form, SandboxRequest request);

    /// <summary>The error that a client or the proof of one is refused with; null where it may have the tokens.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="challenge">What was promised when the code was asked for; null for other grants.</param>
    /// <param name="form">What the client sent.</param>
    /// <param name="request">The request.</param>
    string? FindFault(string clientId, CodeChallenge? challenge, OAuthForm form, SandboxRequest request);

    /// <summary>The error that a client is refused with where only registered ones may have a code or tokens; null where it may.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="redirectUri">Where it is sent the code; null for a device.</param>
    /// <param name="accountId">The account whose code or tokens they are.</param>
    string? FindRegistrationFault(string clientId, string? redirectUri, uint accountId);

    /// <summary>The account that gets the tokens; null if it is gone.</summary>
    TokenOwner? FindOwner(uint accountId);
}
