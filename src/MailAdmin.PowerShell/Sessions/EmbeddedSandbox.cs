using MailAdmin.Client;
using MailAdmin.Sandbox;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>A new sample organisation in memory: its transport, its clock and how to sign in. Nothing else in the module opens the sandbox.</summary>
internal sealed class EmbeddedSandbox
{
    private readonly HttpMessageHandler _handler;
    private readonly string _password;

    private EmbeddedSandbox(HttpMessageHandler handler, TimeProvider clock, string password)
        => (_handler, Clock, _password) = (handler, clock, password);

    /// <summary>Its address; nothing listens there.</summary>
    public Uri BaseUri { get; } = new("https://sandbox.example.org");

    public TimeProvider Clock { get; }

    public MailCredential Credential => MailCredential.FromPassword("admin", _password);

    /// <summary>The versions that it can have, oldest first.</summary>
    public static IReadOnlyList<string> ServerVersions => Sandboxes.ServerVersions;

    /// <summary>Starts one.</summary>
    /// <param name="serverVersion">Its version, such as <c>0.16</c>; null = the default.</param>
    /// <exception cref="ArgumentException">There is no such version.</exception>
    public static EmbeddedSandbox Create(string? serverVersion)
    {
        HttpMessageHandler handler = Sandboxes.CreateDemonstration(serverVersion, out TimeProvider clock, out string password);
        return new EmbeddedSandbox(handler, clock, password);
    }

    public HttpMessageHandler CreateHandler() => _handler;
}
