using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>POST /auth/token and /auth/device: form-encoded requests, responses without the "data" wrapper, and no Authorization header (docs/api.md §3.2, §3.3).</summary>
internal sealed class TokenEndpoint(ApiChannel channel, string clientId, RenewalMarks renewals, TimeProvider time)
{
    /// <summary>Exchanges a code. It is valid once, so it is never sent twice.</summary>
    /// <param name="code">The code.</param>
    /// <param name="redirectUri">What was said when it was asked for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="codeVerifier">Proves that it was asked for here (PKCE); null where no challenge was sent.</param>
    public Task<TokenSet> ExchangeAsync(string code, string redirectUri, CancellationToken cancellationToken, string? codeVerifier = null)
    {
        List<(string Key, string Value)> form = [("grant_type", "authorization_code"), ("code", code), ("client_id", clientId), ("redirect_uri", redirectUri)];
        if (codeVerifier is not null)
        {
            form.Add(("code_verifier", codeVerifier));
        }
        return RequestTokensAsync(Operations.RequestToken.Idempotency, marker: null, cancellationToken, [.. form]);
    }

    /// <summary>The session with these tokens, which are renewed here.</summary>
    public Session CreateSession(TokenSet tokens) => tokens.RefreshToken is null
        ? new FixedSession(tokens.AccessToken)
        : new RenewableSession(tokens, this, time);

    /// <summary>Exchanges a refresh token. It stays valid, so it may be sent twice.</summary>
    public Task<TokenSet> RefreshAsync(string refreshToken, CancellationToken cancellationToken) => RequestTokensAsync(Idempotency.Idempotent, renewals.Next(), cancellationToken,
        ("grant_type", "refresh_token"),
        ("refresh_token", refreshToken),
        ("client_id", clientId));

    /// <summary>Asks whether the device was approved.</summary>
    public Task<TokenSet> PollAsync(string deviceCode, CancellationToken cancellationToken) => RequestTokensAsync(Operations.RequestToken.Idempotency, marker: null, cancellationToken,
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", deviceCode),
        ("client_id", clientId));

    /// <summary>Begins the device flow.</summary>
    public Task<DeviceAuthorizationResponse> StartDeviceAsync(CancellationToken cancellationToken) =>
        PostAsync(Operations.StartDeviceFlow, Operations.StartDeviceFlow.Idempotency, marker: null, ReadDevice, cancellationToken, ("client_id", clientId));

    internal static TokenResponse ReadTokens(ref Utf8JsonReader reader)
    {
        TokenResponse? response = JsonSerializer.Deserialize(ref reader, WireJson.Default.TokenResponse);
        return string.IsNullOrEmpty(response?.AccessToken) ? throw new JsonException("There is no access token in the response.") : response;
    }

    internal static DeviceAuthorizationResponse ReadDevice(ref Utf8JsonReader reader)
    {
        DeviceAuthorizationResponse? response = JsonSerializer.Deserialize(ref reader, WireJson.Default.DeviceAuthorizationResponse);
        return string.IsNullOrEmpty(response?.DeviceCode) || string.IsNullOrEmpty(response.UserCode)
            ? throw new JsonException("There is no code in the response.")
            : response;
    }

    private async Task<TokenSet> RequestTokensAsync(Idempotency idempotency, string? marker, CancellationToken cancellationToken, params (string Key, string Value)[] form)
    {
        TokenResponse response = await PostAsync(Operations.RequestToken, idempotency, marker, ReadTokens, cancellationToken, form).ConfigureAwait(false);
        DateTimeOffset? end = response.ExpiresIn is > 0 and { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null;
        return new TokenSet(response.AccessToken!, response.RefreshToken, end, IdToken.ReadUserName(response.IdToken));
    }

    private async Task<T> PostAsync<T>(Operation operation, Idempotency idempotency, string? marker, DataReader<T> read, CancellationToken cancellationToken, params (string Key, string Value)[] form)
    {
        var context = new ApiRequestContext(operation, RequestAuthentication.None)
        {
            Idempotency = idempotency,
            IsOAuth = true,
            Secrets = [.. form.Select(pair => pair.Value).Where(value => value.Length > 20)],
        };
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.ForQuery(operation, [new(RenewalMarks.QueryKey, marker)]), content, cancellationToken).ConfigureAwait(false);
        return await ResponseReader.ReadUnwrappedAsync(response, context, read, cancellationToken).ConfigureAwait(false);
    }
}
