namespace MailAdmin.Client.Authentication;

/// <summary>Codes and tokens that other tools sign in with, as a server gives them out. What holds for every server is in <see cref="OAuthResource"/>.</summary>
internal interface IOAuth
{
    /// <summary>Whether a code is given out for login and password alone; otherwise for the session.</summary>
    bool RequiresPassword => false;

    /// <summary>The redirect URI of a code that is asked for without one; null = none.</summary>
    string? DefaultRedirectUri => null;

    /// <summary>A fresh code.</summary>
    Task<OAuthCode> RequestCodeAsync(OAuthCodeOrder order, CancellationToken cancellationToken);

    /// <summary>Approves the device that shows a code.</summary>
    /// <returns>False for an unknown or used code.</returns>
    Task<bool> ApproveDeviceAsync(string userCode, PasswordCredential? credential, CancellationToken cancellationToken);

    /// <summary>A token that opens a live stream.</summary>
    Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken);
}

/// <summary>What a code is to be for.</summary>
/// <param name="ClientId">The OAuth client that will redeem it.</param>
/// <param name="RedirectUri">Where the client receives it; null = nowhere.</param>
/// <param name="Nonce">The nonce of the id token; null = none.</param>
/// <param name="CodeChallenge">The client's challenge (PKCE, S256); null = none.</param>
/// <param name="Credential">Login and password, where the server gives out codes for these.</param>
internal sealed record OAuthCodeOrder(string ClientId, string? RedirectUri, string? Nonce, string? CodeChallenge, PasswordCredential? Credential);
