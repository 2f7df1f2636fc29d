using System.Text;
using System.Text.Json;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Codes and tokens that other tools sign in with: POST /oauth and the stream tokens (docs/api.md §3.2, §3.3, §7.1).</summary>
public sealed class OAuthResource
{
    private readonly ApiChannel _channel;
    private readonly OAuthCodeEndpoint _codes;

    internal OAuthResource(ApiChannel channel) => (_channel, _codes) = (channel, new OAuthCodeEndpoint(channel));

    /// <summary>A fresh OAuth code of the signed-in account (POST /oauth type code).</summary>
    /// <param name="clientId">The OAuth client that will redeem the code.</param>
    /// <param name="redirectUri">Where the client receives it, or null.</param>
    /// <param name="nonce">The nonce of the id token, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The code, which is valid for 10 minutes.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>authenticate-oauth</c>; <c>RejectedByClient</c> for a client
    /// id beyond 20 bytes or a redirect URI that begins with http://.</exception>
    public Task<OAuthCode> RequestCodeAsync(string clientId, string? redirectUri, string? nonce, CancellationToken cancellationToken)
    {
        CheckClientId(clientId);
        if (redirectUri?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "redirect_uri", "The redirect URI must not begin with http://: the code would cross the network unencrypted.");
        }
        return _codes.RequestCodeAsync(new OAuthRequest { Type = "code", ClientId = clientId, RedirectUri = redirectUri, Nonce = nonce }, cancellationToken);
    }

    /// <summary>Approves the device that shows a code (POST /oauth type device).</summary>
    /// <param name="userCode">The code that the device shows.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False for an unknown or used code.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>authenticate-oauth</c>.</exception>
    public Task<bool> ApproveDeviceAsync(string userCode, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userCode);
        return _codes.ApproveAsync(userCode.Trim().ToUpperInvariant(), cancellationToken);
    }

    /// <summary>A token that opens a live stream for 60 seconds (GET /telemetry/live/metrics-token, /telemetry/live/tracing-token, /troubleshoot/token).</summary>
    /// <param name="purpose">The kind of stream.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The token.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without <c>metrics-live</c>, <c>tracing-live</c> or <c>troubleshoot</c>;
    /// <c>Unsupported</c> without a licence, but for delivery tests.</exception>
    public Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken)
    {
        Operation operation = purpose switch
        {
            StreamPurpose.Metrics => Operations.RequestMetricsToken,
            StreamPurpose.Tracing => Operations.RequestTracingToken,
            StreamPurpose.Troubleshooting => Operations.RequestTroubleshootingToken,
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        return _channel.ReadAsync(new ApiRequestContext(operation), _channel.Uri.For(operation), ReadToken, cancellationToken);
    }

    /// <summary>A short-lived token that a server from 0.16 on answers as plain text (GET /token/delivery).</summary>
    internal async Task<string> RequestPlainTokenAsync(Operation operation, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(operation);
        using HttpResponseMessage response = await _channel.SendAsync(context, _channel.Uri.For(operation), null, cancellationToken).ConfigureAwait(false);
        byte[] body = await ResponseReader.ReadBytesAsync(response, context, cancellationToken).ConfigureAwait(false);
        string token = Encoding.UTF8.GetString(body).Trim();
        return response.Content.Headers.ContentType?.MediaType == "text/plain" && token.Length > 0 && !token.Any(char.IsWhiteSpace)
            ? token
            : throw ResponseReader.CreateUnexpectedResponse(body, response, context, null);
    }

    internal static string ReadToken(ref Utf8JsonReader reader) => reader.GetString() ?? throw new JsonException("There is no token in the response.");

    internal static void CheckClientId(string clientId)
    {
        if (string.IsNullOrWhiteSpace(clientId) || Encoding.UTF8.GetByteCount(clientId) > OAuthCodeEndpoint.MaxClientIdBytes)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "client_id", $"An OAuth client id must have 1 to {OAuthCodeEndpoint.MaxClientIdBytes} bytes.");
        }
    }
}
