using System.Net;
using System.Text;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Authenticates the caller of a request by Basic, API key or token, with the limits that apply before and at sign-in.</summary>
internal sealed class Authenticator
{
    private const string FallbackName = "Fallback Administrator";

    private readonly PrincipalStore _store;
    private readonly EffectivePermissions _permissions;
    private readonly RunningConfiguration _configuration;
    private readonly AccessTokens _tokens;
    private readonly RevokedTokens _revoked;
    private readonly TimeProvider _clock;
    private readonly bool _treatAllAsLoopback;
    private readonly BlockedAddresses _blocked = new();
    private readonly FailedLogins _failedLogins;
    private readonly RateLimiter<IPAddress> _anonymous;
    private readonly VerifiedPasswords _verified = new();
    private readonly KnownTokens _knownTokens = new();

    public Authenticator(
        PrincipalStore store,
        EffectivePermissions permissions,
        RunningConfiguration configuration,
        SettingsStore settings,
        AccessTokens tokens,
        RevokedTokens revoked,
        TimeProvider clock,
        bool treatAllAsLoopback)
    {
        _store = store;
        _permissions = permissions;
        _configuration = configuration;
        _tokens = tokens;
        _revoked = revoked;
        _clock = clock;
        _treatAllAsLoopback = treatAllAsLoopback;
        _failedLogins = new FailedLogins(clock, _blocked, address => settings.Set($"server.blocked-ip.{address}", ""));
        _anonymous = new RateLimiter<IPAddress>(clock, 100, TimeSpan.FromMinutes(1));
    }

    /// <summary>A banned address gets no response at all.</summary>
    public bool IsBanned(SandboxRequest request) => !IsLoopback(request) && _blocked.Contains(request.CallerAddress);

    /// <summary>The limit for calls without a known account; loopback has none.</summary>
    public void CountAnonymousRequest(SandboxRequest request)
    {
        if (!IsLoopback(request) && !_anonymous.TryAcquire(request.CallerAddress))
        {
            throw ApiException.TooManyRequests();
        }
    }

    /// <summary>The caller; throws the server's refusal where there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="allowApiKeys">Whether <c>Bearer api_…</c> is accepted here.</param>
    public Caller Authenticate(SandboxRequest request, bool allowApiKeys)
    {
        string header = request.Authorization ?? "";
        int space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            CountAnonymousRequest(request);
            throw header.Length == 0 ? ApiException.Unauthorized("Missing Authorization header.") : ApiException.UnknownCredentials(LogEvents.SignInFailed("Unsupported scheme"));
        }

        string scheme = header[..space];
        string token = header[(space + 1)..].Trim();
        if (scheme.Equals("basic", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticatePassword(request, token);
        }

        // Only a token that is not known yet counts towards the limit of unauthenticated callers.
        if (!_knownTokens.Contains(token))
        {
            CountAnonymousRequest(request);
        }

        if (!scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.UnknownCredentials(LogEvents.SignInFailed("Unsupported scheme"));
        }

        bool isKey = allowApiKeys && token.StartsWith("api_", StringComparison.Ordinal);
        Caller caller = isKey ? AuthenticatePassword(request, token[4..]) : AuthenticateToken(token);
        _knownTokens.Add(token);
        return caller;
    }

    /// <summary>The caller with an account id, or null if the account is gone.</summary>
    public Caller? GetCaller(uint accountId)
    {
        if (accountId == Caller.FallbackAdministratorId)
        {
            return new Caller(accountId, FallbackName, null, null, _store.Dialect.Permissions.Admin);
        }

        return _store.Find(accountId) is { } principal ? GetCaller(principal) : null;
    }

    private Caller GetCaller(Principal principal) =>
        new(principal.Id, principal.Name, principal.Emails?.FirstOrDefault(), principal.Tenant, _permissions.Get(principal));

    private Caller AuthenticateToken(string token)
    {
        if (_revoked.Contains(token) || _tokens.Read(token, TokenKind.Access) is not { } info)
        {
            throw ApiException.UnknownCredentials(LogEvents.TokenInvalid(token));
        }

        return EnsureMayAuthenticate(GetCaller(info.AccountId));
    }

    private Caller AuthenticatePassword(SandboxRequest request, string encoded)
    {
        if (DecodeLogin(encoded) is not var (login, secret))
        {
            throw ApiException.Unauthorized();
        }

        if (FindCaller(login, secret, encoded) is { } caller)
        {
            return EnsureMayAuthenticate(caller);
        }

        if (!IsLoopback(request) && _failedLogins.RecordFailure(request.CallerAddress, login))
        {
            throw ApiException.TooManyLogins();
        }

        throw ApiException.Unauthorized();
    }

    private Caller? FindCaller(string login, string secret, string encoded)
    {
        if (_store.Find(login) is { } principal)
        {
            switch (CheckSecret(principal, secret, encoded))
            {
                case SecretVerificationResult.Valid:
                    return GetCaller(principal);
                case SecretVerificationResult.TotpMissing:
                    throw ApiException.TotpRequired();
                case SecretVerificationResult.Unreadable:
                    throw ApiException.Unauthorized();
                default:
                    break;
            }
        }

        return login == _configuration.FallbackUser
            && PasswordHashes.Matches(_configuration.FallbackSecret ?? "", secret) == true
                ? GetCaller(Caller.FallbackAdministratorId)
                : null;
    }

    /// <summary>Hashing takes milliseconds: a verified password stays verified while the account keeps its secrets. TOTP codes are checked each time.</summary>
    private SecretVerificationResult CheckSecret(Principal principal, string secret, string encoded)
    {
        string[] secrets = principal.Secrets ?? [];
        if (_verified.Contains(encoded, secrets))
        {
            return SecretVerificationResult.Valid;
        }

        SecretVerificationResult result = SecretVerifier.Verify(secrets, secret, _clock.GetUtcNow());
        if (result == SecretVerificationResult.Valid && !secrets.Any(SecretKinds.IsTotp))
        {
            _verified.Add(encoded, secrets);
        }

        return result;
    }

    /// <summary>An account without the permission to sign in gets a 403, not a 401.</summary>
    private static Caller EnsureMayAuthenticate(Caller? caller)
    {
        if (caller is null)
        {
            throw ApiException.Unauthorized();
        }

        caller.Require("authenticate");
        return caller;
    }

    /// <summary>The login is a name, trimmed and in lower case; the secret is everything after the first colon.</summary>
    private static (string Login, string Secret)? DecodeLogin(string encoded)
    {
        byte[] bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out int length))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon].Trim().ToLowerInvariant(), text[(colon + 1)..]);
    }

    private bool IsLoopback(SandboxRequest request) => _treatAllAsLoopback || IPAddress.IsLoopback(request.CallerAddress);
}
