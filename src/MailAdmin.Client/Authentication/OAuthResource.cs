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
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a client id of more than 20 bytes or a redirect URI that begins with http://.</exception>
    public Task<OAuthCode> RequestCodeAsync(string clientId, string? redirectUri, string? nonce, CancellationToken cancellationToken)
    {
        CheckClientId(clientId);
        if (redirectUri?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw CreateRefusal("redirect_uri", "The redirect URI must not begin with http://: the code would cross the network unencrypted.");
        }
        return _codes.RequestCodeAsync(new OAuthRequest { Type = "code", ClientId = clientId, RedirectUri = redirectUri, Nonce = nonce }, cancellationToken);
    }

    /// <summary>Approves the device that shows <paramref name="userCode"/> (POST /oauth type device); false for an unknown or used code.</summary>
    public Task<bool> ApproveDeviceAsync(string userCode, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userCode);
        return _codes.ApproveAsync(userCode.Trim().ToUpperInvariant(), cancellationToken);
    }

    /// <summary>A 60-second token for a stream (GET /telemetry/live/metrics-token, /telemetry/live/tracing-token, /troubleshoot/token).</summary>
    public Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken)
    {
        string route = purpose switch
        {
            StreamPurpose.Metrics => "/telemetry/live/metrics-token",
            StreamPurpose.Tracing => "/telemetry/live/tracing-token",
            StreamPurpose.Troubleshooting => "/troubleshoot/token",
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        var context = new ApiRequestContext(HttpMethod.Get, route, Idempotency.Idempotent);
        return _channel.ReadAsync(context, _channel.Uri.ApiRelative(route), ReadToken, cancellationToken);
    }

    internal static string ReadToken(ref Utf8JsonReader reader) => reader.GetString() ?? throw new JsonException("There is no token in the response.");

    internal static void CheckClientId(string clientId)
    {
        if (string.IsNullOrWhiteSpace(clientId) || Encoding.UTF8.GetByteCount(clientId) > OAuthCodeEndpoint.MaxClientIdBytes)
        {
            throw CreateRefusal("client_id", $"An OAuth client id must have 1 to {OAuthCodeEndpoint.MaxClientIdBytes} bytes.");
        }
    }

    private static MailServerException CreateRefusal(string field, string message) => new(MailErrorCode.RefusedByClient, "POST /oauth", message) { Field = field };
}
