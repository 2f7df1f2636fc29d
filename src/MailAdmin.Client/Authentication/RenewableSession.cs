using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// An access token with its refresh token. It is renewed a minute before it expires and when the server rejects it: once, however many
/// calls wait for it. When the refresh token is no longer valid, the session has ended and every call fails with SessionExpired.
/// </summary>
internal sealed class RenewableSession : Session, IDisposable
{
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TokenEndpoint _endpoint;
    private readonly TimeProvider _time;
    private TokenSet? _tokens;
    private Task<TokenSet>? _renewal;
    private MailServerException? _renewalError;

    public RenewableSession(TokenSet tokens, TokenEndpoint endpoint, TimeProvider time) => (_tokens, _endpoint, _time) = (tokens, endpoint, time);

    public override DateTimeOffset? ExpiresAt => _tokens?.ExpiresAt;

    public override bool CanRenew => true;

    public override async ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        TokenSet tokens = GetTokens();
        DateTimeOffset now = _time.GetUtcNow();
        if (tokens.ExpiresAt is not { } end || now < end - s_renewBefore)
        {
            return tokens.AccessToken;
        }
        try
        {
            return await RenewAsync(tokens.AccessToken, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException) when (_time.GetUtcNow() < end)
        {
            // The token is valid for some more seconds; a later call tries to renew it again.
            return tokens.AccessToken;
        }
    }

    public override async Task<string> RenewAsync(string rejectedToken, CancellationToken cancellationToken)
    {
        Task<TokenSet> renewal;
        lock (_gate)
        {
            TokenSet current = GetTokens();
            if (current.AccessToken != rejectedToken)
            {
                return current.AccessToken;
            }
            if (_renewalError is { } error)
            {
                throw CreateSessionExpired(error);
            }
            // All callers share the renewal: the one that started it may give up without cancelling it.
            renewal = _renewal ??= Task.Run(() => RefreshTokensAsync(current), CancellationToken.None);
        }
        return (await renewal.WaitAsync(cancellationToken).ConfigureAwait(false)).AccessToken;
    }

    public override void ClearTokens()
    {
        lock (_gate)
        {
            _tokens = null;
        }
        _end.Cancel();
    }

    public void Dispose() => _end.Dispose();

    private TokenSet GetTokens() => _tokens ?? throw ClosedConnection.Error();

    private async Task<TokenSet> RefreshTokensAsync(TokenSet current)
    {
        try
        {
            TokenSet fresh = await _endpoint.RefreshAsync(current.RefreshToken!, _end.Token).ConfigureAwait(false);
            lock (_gate)
            {
                // A renewal rarely brings a new refresh token: the old one stays valid.
                TokenSet renewed = fresh with { RefreshToken = fresh.RefreshToken ?? current.RefreshToken };
                _tokens = _tokens is null ? null : renewed;
                return renewed;
            }
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.OAuthError or MailErrorCode.Unauthorized)
        {
            lock (_gate)
            {
                _renewalError = e;
            }
            throw CreateSessionExpired(e);
        }
        finally
        {
            lock (_gate)
            {
                _renewal = null;
            }
        }
    }

    private static MailServerException CreateSessionExpired(MailServerException cause) => new(
        MailErrorCode.SessionExpired,
        cause.Operation,
        "The session has expired and cannot be renewed: the refresh token is too old, or the account's password was changed. Connect again.",
        cause)
    {
        Status = cause.Status,
        ServerCode = cause.ServerCode,
        Details = cause.Details,
    };
}
