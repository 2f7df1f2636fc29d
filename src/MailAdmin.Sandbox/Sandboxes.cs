namespace MailAdmin.Sandbox;

/// <summary>Ready-made sandboxes, for callers that use no type of this library.</summary>
public static class Sandboxes
{
    /// <summary>The versions that a sandbox can have, oldest first.</summary>
    public static IReadOnlyList<string> ServerVersions => Api.ServerVersions.Known;

    /// <summary>Starts a new server with the sample organisation and an Enterprise licence, and returns a transport into it.</summary>
    /// <param name="serverVersion">The version, as <see cref="SandboxOptions.ServerVersion"/>; null = the default.</param>
    /// <param name="clock">The server's clock, a <see cref="SandboxClock"/>.</param>
    /// <param name="adminPassword">The password of the login <c>admin</c>.</param>
    /// <exception cref="ArgumentException">There is no such version.</exception>
    public static HttpMessageHandler CreateDemonstration(string? serverVersion, out TimeProvider clock, out string adminPassword)
    {
        var options = new SandboxOptions { Enterprise = true, BaseUri = new Uri("https://mx.example.org") };
        var server = new SandboxServer(serverVersion is null ? options : options with { ServerVersion = serverVersion });
        clock = server.Clock;
        adminPassword = options.AdminPassword;
        return server.CreateHandler();
    }
}
