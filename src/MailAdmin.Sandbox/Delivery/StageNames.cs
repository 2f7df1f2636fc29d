namespace MailAdmin.Sandbox.Delivery;

/// <summary>What a delivery test calls what versions call differently.</summary>
/// <param name="MissingTlsa">The stage that finds no TLSA records whose absence is not proven.</param>
/// <param name="RemoteAddress">The address that is connected to.</param>
/// <param name="RemoteAddresses">The addresses that a host has.</param>
internal sealed record StageNames(string MissingTlsa, string RemoteAddress, string RemoteAddresses)
{
    /// <summary>From 0.16.</summary>
    public static StageNames CamelCase { get; } = new("tlsaLookupError", "remoteIp", "remoteIps");

    /// <summary>Before 0.16.</summary>
    /// <param name="isMissingTlsaError">Whether missing TLSA records are an error.</param>
    public static StageNames SnakeCase(bool isMissingTlsaError) => new(isMissingTlsaError ? "tlsaLookupError" : "tlsaNotFound", "remote_ip", "remote_ips");
}
