namespace MailAdmin.Sandbox.Authentication;

/// <summary>Before 0.16: clients prove nothing.</summary>
internal sealed class RestTokenRules(Authenticator authenticator) : ITokenRules
{
    public int MaxClientIdBytes => OAuthCodeEndpoint.MaxClientIdBytes;

    public TokenLifetimes Lifetimes => TokenLifetimes.Default;

    public string VerificationPath => "/authorize";

    public string? GrantDeviceScope(string? requested) => null;

    public string? FindClientId(OAuthForm form, SandboxRequest request) => form["client_id"];

    public string? FindFault(string clientId, CodeChallenge? challenge, OAuthForm form, SandboxRequest request) => null;

    public string? FindRegistrationFault(string clientId, string? redirectUri, uint accountId) => null;

    public TokenOwner? FindOwner(uint accountId) => authenticator.GetCaller(accountId) is { } caller ? new TokenOwner(caller.Id, caller.Name, caller.Address) : null;
}
