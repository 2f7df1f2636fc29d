namespace MailAdmin.Client.Http;

/// <summary>The token or key that a signed-in connection sends.</summary>
internal abstract class Session
{
    /// <summary>When the token expires; null when that is unknown or never.</summary>
    public virtual DateTimeOffset? ExpiresAt => null;

    /// <summary>Whether a rejected token can be exchanged for a new one.</summary>
    public virtual bool CanRenew => false;

    /// <summary>Whether the server counts a rejection as a failed sign-in; too many of those ban the address.</summary>
    public virtual bool CountsAsLoginAttempt => false;

    /// <summary>The token to send.</summary>
    public abstract ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>A token newer than <paramref name="rejectedToken"/>, which the server did not accept.</summary>
    public virtual Task<string> RenewAsync(string rejectedToken, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This session cannot be renewed.");

    /// <summary>Forgets every token.</summary>
    public abstract void ClearTokens();
}
