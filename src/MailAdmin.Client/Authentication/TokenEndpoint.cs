// POST /auth/token and /auth/device: forms in, bare objects out, and no Authorization.
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>The OAuth endpoints under /auth (contract §3.2, §3.3).</summary>
internal sealed class TokenEndpoint(ApiChannel channel, string clientId, TimeProvider time)
{
    private const string TokenRoute = "/auth/token";
    private const string DeviceRoute = "/auth/device";

    /// <summary>Exchanges a code. It is good once, so it is never sent twice.</summary>
    public Task<Tokens> ExchangeAsync(string code, string redirectUri, CancellationToken cancellationToken) => TokensAsync(CallSafety.Once, cancellationToken,
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", clientId),
        ("redirect_uri", redirectUri));

    public Task<Tokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken) => TokensAsync(CallSafety.Repeatable, cancellationToken,
        ("grant_type", "refresh_token"),
        ("refresh_token", refreshToken),
        ("client_id", clientId));

    /// <summary>Asks whether the device was approved.</summary>
    public Task<Tokens> PollAsync(string deviceCode, CancellationToken cancellationToken) => TokensAsync(CallSafety.Once, cancellationToken,
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", deviceCode),
        ("client_id", clientId));

    /// <summary>Begins the device flow.</summary>
    public Task<DeviceAnswer> StartDeviceAsync(CancellationToken cancellationToken) =>
        PostAsync(DeviceRoute, CallSafety.Repeatable, ReadDevice, cancellationToken, ("client_id", clientId));

    internal static TokenAnswer ReadTokens(ref Utf8JsonReader reader)
    {
        TokenAnswer? answer = JsonSerializer.Deserialize(ref reader, WireJson.Default.TokenAnswer);
        return string.IsNullOrEmpty(answer?.AccessToken) ? throw new JsonException("There is no access token in the answer.") : answer;
    }

    internal static DeviceAnswer ReadDevice(ref Utf8JsonReader reader)
    {
        DeviceAnswer? answer = JsonSerializer.Deserialize(ref reader, WireJson.Default.DeviceAnswer);
        return string.IsNullOrEmpty(answer?.DeviceCode) || string.IsNullOrEmpty(answer.UserCode)
            ? throw new JsonException("There is no code in the answer.")
            : answer;
    }

    private async Task<Tokens> TokensAsync(CallSafety safety, CancellationToken cancellationToken, params (string Key, string Value)[] form)
    {
        TokenAnswer answer = await PostAsync(TokenRoute, safety, ReadTokens, cancellationToken, form).ConfigureAwait(false);
        DateTimeOffset? end = answer.ExpiresIn is > 0 and { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null;
        return new Tokens(answer.AccessToken!, answer.RefreshToken, end, IdToken.UserName(answer.IdToken));
    }

    private async Task<T> PostAsync<T>(string route, CallSafety safety, DataReader<T> read, CancellationToken cancellationToken, params (string Key, string Value)[] form)
    {
        var call = new Call(HttpMethod.Post, route, safety, CallIdentity.None) { IsOAuth = true, Secrets = [.. form.Select(pair => pair.Value).Where(value => value.Length > 20)] };
        using var content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
        using HttpResponseMessage response = await channel.SendAsync(call, channel.Uri.Beside(route), content, cancellationToken).ConfigureAwait(false);
        return await AnswerReader.ReadBareAsync(response, call, read, cancellationToken).ConfigureAwait(false);
    }
}
