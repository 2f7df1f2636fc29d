namespace MailAdmin.Client;

/// <summary>What a stream token gives access to.</summary>
public enum StreamPurpose : long
{
    /// <summary>GET /telemetry/metrics/live.</summary>
    Metrics,
    /// <summary>GET /telemetry/traces/live.</summary>
    Tracing,
    /// <summary>GET /troubleshoot/delivery/{target}.</summary>
    Troubleshooting,
}
