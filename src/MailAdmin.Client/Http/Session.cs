namespace MailAdmin.Client.Http;

/// <summary>What proves who is asking, once signed in.</summary>
internal abstract class Session
{
    /// <summary>When the token ends; null where that is unknown or never.</summary>
    public virtual DateTimeOffset? ExpiresAt => null;

    /// <summary>Whether a refused token can be exchanged for a new one.</summary>
    public virtual bool CanRenew => false;

    /// <summary>Whether the server counts a refusal as a failed login, of which too many ban the address.</summary>
    public virtual bool CountsAsLoginAttempt => false;

    /// <summary>The token to send.</summary>
    public abstract ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>A token newer than <paramref name="rejectedToken"/>, which the server did not accept.</summary>
    public virtual Task<string> RenewAsync(string rejectedToken, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This session has nothing to renew itself with.");

    /// <summary>Forgets every token.</summary>
    public abstract void ClearTokens();
}
