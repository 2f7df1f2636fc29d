using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>Requests OAuth codes (POST /oauth). Only here does the server report version, edition and permissions.</summary>
internal sealed class OAuthCodeEndpoint(ApiChannel channel)
{
    /// <summary>The redirect URI of the built-in console: nothing opens it; it must only be the same in both steps.</summary>
    public const string RedirectUri = "stalwart://auth";

    /// <summary>The longest client id that the server accepts.</summary>
    public const int MaxClientIdBytes = 20;

    /// <summary>A code for the account of the session.</summary>
    public Task<OAuthCode> RequestCodeAsync(OAuthRequest request, CancellationToken cancellationToken) =>
        // An extra code is not used and expires by itself.
        SendAsync(new ApiRequestContext(Operations.RequestOAuthCode) { Idempotency = Idempotency.Idempotent }, request, null, cancellationToken);

    /// <summary>A code for login and password, which are sent only here.</summary>
    public Task<OAuthCode> SignInAsync(OAuthRequest request, AuthenticationHeaderValue basic, CancellationToken cancellationToken) =>
        SendAsync(new ApiRequestContext(Operations.RequestOAuthCode, RequestAuthentication.SignIn), request, basic, cancellationToken);

    /// <summary>Approves a device.</summary>
    public Task<bool> ApproveAsync(string userCode, CancellationToken cancellationToken)
    {
        // A code that is asked for changes nothing; an approval signs somebody in.
        var context = new ApiRequestContext(Operations.RequestOAuthCode) { ChangesServer = true, Action = "Approving the device" };
        byte[] body = SerializeBody(new OAuthRequest { Type = "device", Code = userCode });
        return channel.ReadAsync(context, channel.Uri.For(Operations.RequestOAuthCode), static (ref Utf8JsonReader reader) => reader.GetBoolean(), cancellationToken, body);
    }

    internal static OAuthCode ReadCode(ref Utf8JsonReader reader)
    {
        OAuthCodeResponse? response = JsonSerializer.Deserialize(ref reader, WireJson.Default.OAuthCodeResponse);
        if (response?.Code is not { Length: > 0 } code)
        {
            throw new JsonException("There is no code in the response.");
        }
        var server = new ServerInfo(ReadVersion(response.Version), response.IsEnterprise, (response.Permissions ?? []).ToFrozenSet(StringComparer.Ordinal));
        return new OAuthCode(code, server);
    }

    private Task<OAuthCode> SendAsync(ApiRequestContext context, OAuthRequest request, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken) =>
        channel.ReadAsync(context, channel.Uri.For(Operations.RequestOAuthCode), ReadCode, cancellationToken, SerializeBody(request), authorization);

    private static byte[] SerializeBody(OAuthRequest request) => JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.OAuthRequest);

    // "0.15.5-rc.1" and the like: what follows the numbers is not part of a Version.
    private static Version ReadVersion(string? text)
    {
        string numbers = string.Concat((text ?? "").TakeWhile(c => char.IsAsciiDigit(c) || c == '.')).Trim('.');
        return Version.TryParse(numbers, out Version? version) ? version : ServerDialect.UnreadableVersion;
    }
}
