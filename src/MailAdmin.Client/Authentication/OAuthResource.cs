using System.Text.Json;
using MailAdmin.Client.Authentication;

namespace MailAdmin.Client;

/// <summary>Codes and tokens that other tools sign in with (docs/api.md §3.2, §3.3, §7.1; docs/api-0.16.md §2.2, §2.5).</summary>
public sealed class OAuthResource
{
    private readonly IOAuth _oauth;

    internal OAuthResource(IOAuth oauth) => _oauth = oauth;

    /// <summary>Whether codes are given out for login and password alone, as from 0.16 on; otherwise for the session of the connection.</summary>
    public bool RequiresPassword => _oauth.RequiresPassword;

    /// <summary>The redirect URI of a code that is asked for without one, which the exchange must repeat; null = none.</summary>
    public string? DefaultRedirectUri => _oauth.DefaultRedirectUri;

    /// <summary>A fresh OAuth code of the signed-in account (POST /oauth type code; from 0.16 on POST /auth type authCode).</summary>
    /// <param name="clientId">The OAuth client that will redeem the code; at most 20 bytes, from 0.16 on 2,048.</param>
    /// <param name="redirectUri">Where the client receives it, or null.</param>
    /// <param name="nonce">The nonce of the id token, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="credential">Login and password, with a source of one-time codes, where the server <see cref="RequiresPassword"/>; otherwise null.</param>
    /// <param name="codeChallenge">The client's challenge (PKCE, S256; 0.16), or null.</param>
    /// <returns>The code, which is valid for 10 minutes.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>authenticate-oauth</c>; <c>RejectedByClient</c> for a client
    /// id that is too long, a redirect URI that begins with http://, a missing password and one of another account; <c>Unauthorized</c> for a wrong password or code, and for a client that
    /// the server does not accept; <c>TotpRequired</c> without a one-time code; <c>Unsupported</c> for what the server does not take.</exception>
    public Task<OAuthCode> RequestCodeAsync(
        string clientId, string? redirectUri, string? nonce, CancellationToken cancellationToken, MailCredential? credential = null, string? codeChallenge = null) =>
        _oauth.RequestCodeAsync(new OAuthCodeOrder(clientId, redirectUri, nonce, codeChallenge, GetPassword(credential)), cancellationToken);

    /// <summary>Approves the device that shows a code (POST /oauth type device; from 0.16 on POST /auth type authDevice).</summary>
    /// <param name="userCode">The code that the device shows.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="credential">Login and password, with a source of one-time codes, where the server <see cref="RequiresPassword"/>; otherwise null.</param>
    /// <returns>False for an unknown or used code.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>authenticate-oauth</c>; from 0.16 on as <see cref="RequestCodeAsync"/>.</exception>
    public Task<bool> ApproveDeviceAsync(string userCode, CancellationToken cancellationToken, MailCredential? credential = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userCode);
        return _oauth.ApproveDeviceAsync(userCode.Trim().ToUpperInvariant(), GetPassword(credential), cancellationToken);
    }

    /// <summary>
    /// A token that opens a live stream for 60 seconds (GET /telemetry/live/metrics-token, /telemetry/live/tracing-token, /troubleshoot/token; from 0.16 on GET /token/{stream}).
    /// </summary>
    /// <param name="purpose">The kind of stream.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The token.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without <c>metrics-live</c>, <c>tracing-live</c> or <c>troubleshoot</c> (from 0.16 on <c>liveMetrics</c>,
    /// <c>liveTracing</c>, <c>liveDeliveryTest</c>); <c>Unsupported</c> without a licence, but for delivery tests.</exception>
    public Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken) => _oauth.RequestStreamTokenAsync(purpose, cancellationToken);

    internal static string ReadToken(ref Utf8JsonReader reader) => reader.GetString() ?? throw new JsonException("There is no token in the response.");

    internal static void CheckClientId(string clientId) => RestOAuth.CheckClientId(clientId);

    private static PasswordCredential? GetPassword(MailCredential? credential) => credential switch
    {
        null => null,
        PasswordCredential password => password,
        _ => throw new ArgumentException("Login and password are needed.", nameof(credential)),
    };
}
