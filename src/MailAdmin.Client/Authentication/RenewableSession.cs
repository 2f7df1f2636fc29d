using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// An access token with its refresh token. It is renewed a minute before it ends and when the server refuses it: once, however many calls
/// wait for it. When the refresh token is dead, the session is over and every call says so.
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
            // The token has some seconds left; whether the renewal can be had later shows itself then.
            return tokens.AccessToken;
        }
    }

    public override async Task<string> RenewAsync(string rejectedToken, CancellationToken cancellationToken)
    {
        Task<TokenSet> renewal;
        lock (_gate)
        {
            TokenSet held = GetTokens();
            if (held.AccessToken != rejectedToken)
            {
                return held.AccessToken;
            }
            if (_renewalError is { } over)
            {
                throw CreateSessionExpired(over);
            }
            // The renewal is everybody's: the caller that began it may give up without ending it.
            renewal = _renewal ??= Task.Run(() => RefreshTokensAsync(held), CancellationToken.None);
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

    private async Task<TokenSet> RefreshTokensAsync(TokenSet held)
    {
        try
        {
            TokenSet fresh = await _endpoint.RefreshAsync(held.RefreshToken!, _end.Token).ConfigureAwait(false);
            lock (_gate)
            {
                // A renewal rarely brings a new refresh token: the old one stays good.
                TokenSet kept = fresh with { RefreshToken = fresh.RefreshToken ?? held.RefreshToken };
                _tokens = _tokens is null ? null : kept;
                return kept;
            }
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.OAuth or MailErrorCode.Unauthorized)
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
        "The session has ended and cannot be renewed: the refresh token is too old, or the account's password was changed. Connect again.",
        cause)
    {
        Status = cause.Status,
        ServerCode = cause.ServerCode,
        Details = cause.Details,
    };
}
