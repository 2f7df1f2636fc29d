using System.Net;
using MailAdmin.Sandbox.Demonstration;

namespace MailAdmin.Sandbox;

/// <summary>Ready-made sandboxes, for callers that use no type of this library.</summary>
public static class Sandboxes
{
    /// <summary>The versions that a sandbox can have, oldest first.</summary>
    public static IReadOnlyList<string> ServerVersions => Api.ServerVersions.Known;

    /// <summary>Starts a new server with the sample organisation and an Enterprise licence, and returns a transport into it.</summary>
    /// <param name="serverVersion">The version, as <see cref="SandboxOptions.ServerVersion"/>; null = the default.</param>
    /// <param name="clock">The server's clock, a <see cref="SandboxClock"/>.</param>
    /// <param name="administrator">Login and password of somebody who may do everything.</param>
    /// <exception cref="ArgumentException">There is no such version.</exception>
    public static HttpMessageHandler CreateDemonstration(string? serverVersion, out TimeProvider clock, out NetworkCredential administrator)
    {
        var options = new SandboxOptions { Enterprise = true, BaseUri = new Uri("https://mx.example.org") };
        options = options with { ServerVersion = Api.ServerVersions.Find(serverVersion ?? options.ServerVersion) };
        var server = new SandboxServer(options);
        clock = server.Clock;
        administrator = Api.ServerVersions.SpeaksJmap(options.ServerVersion) ? JmapOrganisation.Administrator : new NetworkCredential(options.AdminName, options.AdminPassword);
        return server.CreateHandler();
    }
}
