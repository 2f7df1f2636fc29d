// POST /oauth and the stream tokens: what other tools need to sign in.
namespace MailAdmin.Client.Resources;

/// <summary>Codes and tokens for other tools (contract §3.2, §3.3, §7.1).</summary>
public sealed class OAuthResource
{
    internal OAuthResource()
    {
    }

    /// <summary>A fresh OAuth code of the signed-in account (POST /oauth type code).</summary>
    public Task<OAuthCode> RequestCodeAsync(string clientId, string? redirectUri, string? nonce, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Approves the device that shows <paramref name="userCode"/> (POST /oauth type device); false for an unknown or used code.</summary>
    public Task<bool> ApproveDeviceAsync(string userCode, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>A 60-second token for a stream (GET /telemetry/live/metrics-token, /telemetry/live/tracing-token, /troubleshoot/token).</summary>
    public Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <summary>A code of POST /oauth.</summary>
/// <param name="Code">The code; valid ten minutes, once.</param>
/// <param name="Server">What the server told with it.</param>
public sealed record OAuthCode(string Code, ServerInfo Server);

/// <summary>What a stream token opens.</summary>
public enum StreamPurpose
{
    /// <summary>GET /telemetry/metrics/live.</summary>
    Metrics,
    /// <summary>GET /telemetry/traces/live.</summary>
    Tracing,
    /// <summary>GET /troubleshoot/delivery/{target}.</summary>
    Troubleshooting,
}
