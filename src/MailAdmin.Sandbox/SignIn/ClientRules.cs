using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>From 0.16 a client proves what it promised, and a registered one that it knows its secret.</summary>
/// <param name="store">The objects, registered clients among them.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="accounts">The accounts.</param>
/// <param name="recovery">The administrator who needs no account.</param>
/// <param name="clients">The clients that registered themselves.</param>
/// <param name="permissions">What accounts may do.</param>
internal sealed class ClientRules(
    RegistryStore store, SettingsInForce settings, AccountReader accounts, RecoveryAdministrator recovery, StatelessClients clients, CallerPermissions permissions) : ITokenRules
{
    private const string OverridePermission = "oAuthClientOverride";

    public int MaxClientIdBytes => 2048;

    public TokenLifetimes Lifetimes
    {
        get
        {
            JsonObject provider = settings["OidcProvider"];
            return new TokenLifetimes(
                Read("accessTokenExpiry"), Read("refreshTokenExpiry"), Read("refreshTokenRenewal"), Read("idTokenExpiry"), Read("authCodeExpiry"), Read("userCodeExpiry"));

            TimeSpan Read(string property) => TimeSpan.FromMilliseconds(provider[property]!.GetValue<long>());
        }
    }

    public string VerificationPath => "/device";

    public string? GrantDeviceScope(string? requested) => Scopes.Grant(requested, [.. Scopes.Known]);

    public string? FindClientId(OAuthForm form, SandboxRequest request) => form["client_id"] ?? ReadBasic(request)?.Id;

    public string? FindFault(string clientId, CodeChallenge? challenge, OAuthForm form, SandboxRequest request)
    {
        if (challenge?.IsMetBy(form["code_verifier"]) == false)
        {
            return "invalid_grant";
        }

        string? expected = FindClient(clientId)?.Text("secret");
        string? secret = form["client_secret"] ?? ReadBasic(request)?.Secret;
        return string.IsNullOrEmpty(expected) || (secret is not null && PasswordHashes.Matches(expected, secret) == true) ? null : "invalid_client";
    }

    public string? FindRegistrationFault(string clientId, string? redirectUri, uint accountId)
    {
        if (!settings["OidcProvider"]["requireClientRegistration"]!.GetValue<bool>() || clients.Decode(clientId) is not null)
        {
            return null;
        }

        RegistryObject? client = FindClient(clientId);
        bool isRegistered = client is not null && (redirectUri is null || client.Value["redirectUris"]!.AsObject().Any(registered => RedirectUri.Matches(registered.Key, redirectUri)));
        return isRegistered || MayUseAnyClient(accountId) ? null : client is null ? "invalid_request" : "invalid_client";
    }

    public TokenOwner? FindOwner(uint accountId)
    {
        if (accountId == SignedInCaller.RecoveryAdministratorId)
        {
            return new TokenOwner(accountId, recovery.Name, recovery.Name, RecoveryAdministrator.Description);
        }

        return accounts.Find(accountId) is { } account ? new TokenOwner(accountId, account.Address, account.Address, account.Description) : null;
    }

    private bool MayUseAnyClient(uint accountId) => accountId == SignedInCaller.RecoveryAdministratorId
        || (accounts.Find(accountId) is { } account && permissions.Get(account).Contains(OverridePermission));

    private RegistryObject? FindClient(string clientId)
    {
        lock (store.Gate)
        {
            return store.List("OAuthClient").Values.FirstOrDefault(client => client.Text("clientId") == clientId);
        }
    }

    private static (string Id, string Secret)? ReadBasic(SandboxRequest request)
    {
        byte[] bytes = new byte[request.Authorization?.Length ?? 0];
        return request.Authorization?.Split(' ', 2) is [var scheme, var encoded]
            && scheme.Equals("basic", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(encoded.Trim(), bytes, out int length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
                ? (id, secret)
                : null;
    }
}
