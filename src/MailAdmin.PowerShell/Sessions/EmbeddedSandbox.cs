using System.Net;
using MailAdmin.Client;
using MailAdmin.Sandbox;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>A new sample organisation in memory: its transport, its clock and how to sign in. Nothing else in the module opens the sandbox.</summary>
internal sealed class EmbeddedSandbox
{
    private readonly HttpMessageHandler _handler;
    private readonly NetworkCredential _administrator;

    private EmbeddedSandbox(HttpMessageHandler handler, TimeProvider clock, NetworkCredential administrator)
        => (_handler, Clock, _administrator) = (handler, clock, administrator);

    /// <summary>Its address; nothing listens there.</summary>
    public Uri BaseUri { get; } = new("https://sandbox.example.org");

    public TimeProvider Clock { get; }

    public MailCredential Credential => MailCredential.FromPassword(_administrator.UserName, _administrator.Password);

    /// <summary>The versions that it can have, oldest first.</summary>
    public static IReadOnlyList<string> ServerVersions => Sandboxes.ServerVersions;

    /// <summary>Starts one.</summary>
    /// <param name="serverVersion">Its version, such as <c>0.16</c>; null = the default.</param>
    /// <exception cref="ArgumentException">There is no such version.</exception>
    public static EmbeddedSandbox Create(string? serverVersion)
    {
        HttpMessageHandler handler = Sandboxes.CreateDemonstration(serverVersion, out TimeProvider clock, out NetworkCredential administrator);
        return new EmbeddedSandbox(handler, clock, administrator);
    }

    public HttpMessageHandler CreateHandler() => _handler;
}
