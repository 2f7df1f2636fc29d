namespace MailAdmin.Sandbox;

/// <summary>Ready-made sandboxes, for callers that use no type of this library.</summary>
public static class Sandboxes
{
    /// <summary>Starts a new server with the sample organisation and an Enterprise licence, and returns a transport into it.</summary>
    /// <param name="clock">The server's clock, a <see cref="SandboxClock"/>.</param>
    /// <param name="adminPassword">The password of the login <c>admin</c>.</param>
    public static HttpMessageHandler CreateDemonstration(out TimeProvider clock, out string adminPassword)
    {
        var options = new SandboxOptions { Enterprise = true, BaseUri = new Uri("https://mx.example.org") };
        var server = new SandboxServer(options);
        clock = server.Clock;
        adminPassword = options.AdminPassword;
        return server.CreateHandler();
    }
}
