using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// An access token with its refresh token. It is renewed a minute before it ends and when the server refuses it: once, however many calls
/// wait for it. When the refresh token is dead, the session is over and every call says so.
/// </summary>
internal sealed class RenewableSession : Session, IDisposable
{
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TokenEndpoint _endpoint;
    private readonly TimeProvider _time;
    private Tokens? _tokens;
    private Task<Tokens>? _renewal;
    private MailServerException? _over;

    public RenewableSession(Tokens tokens, TokenEndpoint endpoint, TimeProvider time) => (_tokens, _endpoint, _time) = (tokens, endpoint, time);

    public override DateTimeOffset? ExpiresAt => _tokens?.ExpiresAt;

    public override bool CanRenew => true;

    public override async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        Tokens tokens = Held();
        DateTimeOffset now = _time.GetUtcNow();
        if (tokens.ExpiresAt is not { } end || now < end - s_early)
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

    public override async Task<string> RenewAsync(string refused, CancellationToken cancellationToken)
    {
        Task<Tokens> renewal;
        lock (_gate)
        {
            Tokens held = Held();
            if (held.AccessToken != refused)
            {
                return held.AccessToken;
            }
            if (_over is { } over)
            {
                throw Ended(over);
            }
            // The renewal is everybody's: the caller that began it may give up without ending it.
            renewal = _renewal ??= Task.Run(() => FetchAsync(held), CancellationToken.None);
        }
        return (await renewal.WaitAsync(cancellationToken).ConfigureAwait(false)).AccessToken;
    }

    public override void Forget()
    {
        lock (_gate)
        {
            _tokens = null;
        }
        _end.Cancel();
    }

    public void Dispose() => _end.Dispose();

    private Tokens Held() => _tokens ?? throw ClosedConnection.Error();

    private async Task<Tokens> FetchAsync(Tokens held)
    {
        try
        {
            Tokens fresh = await _endpoint.RefreshAsync(held.RefreshToken!, _end.Token).ConfigureAwait(false);
            lock (_gate)
            {
                // A renewal rarely brings a new refresh token: the old one stays good.
                Tokens kept = fresh with { RefreshToken = fresh.RefreshToken ?? held.RefreshToken };
                _tokens = _tokens is null ? null : kept;
                return kept;
            }
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.OAuth or MailErrorCode.Unauthorized)
        {
            lock (_gate)
            {
                _over = e;
            }
            throw Ended(e);
        }
        finally
        {
            lock (_gate)
            {
                _renewal = null;
            }
        }
    }

    private static MailServerException Ended(MailServerException cause) => new(
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
