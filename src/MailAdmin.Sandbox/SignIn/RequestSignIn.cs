using System.Collections.Concurrent;
using System.Text;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>
/// Signs in the caller of a request by its <c>Authorization</c> header. What was right once is taken again for an hour, while the account
/// keeps its credentials: after a rename the old name goes on.
/// </summary>
/// <param name="guarded">Signs in who was not here before.</param>
/// <param name="signIn">Says what who was here before may do now.</param>
/// <param name="limits">The limits that apply before.</param>
/// <param name="revoked">The tokens that a fault revoked.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class RequestSignIn(GuardedSignIn guarded, AccountSignIn signIn, CallerLimits limits, RevokedTokens revoked, TimeProvider clock)
{
    private const int Capacity = 1024;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <exception cref="ApiException">The server's refusal.</exception>
    public SignedInCaller Authenticate(SandboxRequest request)
    {
        if (request.Authorization?.Split(' ', 2) is not [var scheme, var credentials])
        {
            limits.CountAnonymous(request.CallerAddress);
            throw ApiException.Unauthorized("Missing Authorization header.");
        }

        credentials = credentials.Trim();
        try
        {
            if (FindKnown(credentials, request) is { } known)
            {
                return known;
            }

            SignedInCaller caller = Authenticate(request, scheme, credentials);
            Remember(credentials, caller);
            return caller;
        }
        catch (SignInException refused)
        {
            throw refused.ToRefusal();
        }
    }

    private SignedInCaller Authenticate(SandboxRequest request, string scheme, string credentials)
    {
        if (scheme.Equals("basic", StringComparison.OrdinalIgnoreCase))
        {
            return DecodeLogin(credentials) is var (login, secret)
                ? guarded.ByPassword(login, secret, null, request.CallerAddress)
                : throw new SignInException(SignInFailure.Invalid);
        }

        // Only what is not known yet counts towards the limit of anonymous callers.
        limits.CountAnonymous(request.CallerAddress);
        return scheme.Equals("bearer", StringComparison.OrdinalIgnoreCase)
            ? guarded.ByBearer(credentials, request.CallerAddress)
            : throw new SignInException(SignInFailure.Invalid);
    }

    private SignedInCaller? FindKnown(string credentials, SandboxRequest request)
    {
        if (!_known.TryGetValue(credentials, out Known? known) || revoked.Contains(credentials))
        {
            return null;
        }

        if (known.ExpiresAt > clock.GetUtcNow()
            && signIn.Find(known.AccountId, known.CredentialId, request.CallerAddress) is { } caller
            && caller.Account?.CredentialRevision == known.Revision)
        {
            return caller.Has("authenticate") ? caller : throw new SignInException(SignInFailure.Forbidden);
        }

        _known.TryRemove(credentials, out _);
        return null;
    }

    private void Remember(string credentials, SignedInCaller caller)
    {
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[credentials] = new Known(caller.AccountId, caller.CredentialId, caller.Account?.CredentialRevision, clock.GetUtcNow() + s_lifetime);
    }

    private static (string Login, string Secret)? DecodeLogin(string encoded)
    {
        byte[] bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out int length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var login, var secret]
            ? (login, secret)
            : null;
    }

    private sealed record Known(uint AccountId, uint? CredentialId, string? Revision, DateTimeOffset ExpiresAt);
}
