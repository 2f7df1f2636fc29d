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

    public static EmbeddedSandbox Create()
    {
        HttpMessageHandler handler = Sandboxes.CreateDemonstration(out TimeProvider clock, out string password);
        return new EmbeddedSandbox(handler, clock, password);
    }

    public HttpMessageHandler CreateHandler() => _handler;
}
