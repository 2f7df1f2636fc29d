// POST /oauth and the stream tokens: what other tools need to sign in.
using System.Text;
using System.Text.Json;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Codes and tokens for other tools (contract §3.2, §3.3, §7.1).</summary>
public sealed class OAuthResource
{
    private readonly ApiChannel _channel;
    private readonly OAuthCodeEndpoint _codes;

    internal OAuthResource(ApiChannel channel) => (_channel, _codes) = (channel, new OAuthCodeEndpoint(channel));

    /// <summary>A fresh OAuth code of the signed-in account (POST /oauth type code).</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a client id beyond 20 bytes or a redirect URI that begins with http://.</exception>
    public Task<OAuthCode> RequestCodeAsync(string clientId, string? redirectUri, string? nonce, CancellationToken cancellationToken)
    {
        CheckClientId(clientId);
        if (redirectUri?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw CreateRefusal("redirect_uri", "The redirect URI must not begin with http://: the code would cross the network in clear.");
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
        Operation operation = purpose switch
        {
            StreamPurpose.Metrics => Operations.RequestMetricsToken,
            StreamPurpose.Tracing => Operations.RequestTracingToken,
            StreamPurpose.Troubleshooting => Operations.RequestTroubleshootingToken,
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        return _channel.ReadAsync(new ApiRequestContext(operation), _channel.Uri.For(operation), ReadToken, cancellationToken);
    }

    internal static string ReadToken(ref Utf8JsonReader reader) => reader.GetString() ?? throw new JsonException("There is no token in the answer.");

    internal static void CheckClientId(string clientId)
    {
        if (string.IsNullOrWhiteSpace(clientId) || Encoding.UTF8.GetByteCount(clientId) > OAuthCodeEndpoint.MaxClientIdBytes)
        {
            throw CreateRefusal("client_id", $"An OAuth client id has 1 to {OAuthCodeEndpoint.MaxClientIdBytes} bytes.");
        }
    }

    private static MailServerException CreateRefusal(string field, string message) => new(MailErrorCode.RefusedByClient, Operations.RequestOAuthCode, message) { Field = field };
}
