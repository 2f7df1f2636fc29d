using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Requests an OAuth authorization code of the signed-in account, for another tool (POST /oauth). It is a secret: valid for ten minutes, and once.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsLifecycle.Request, "MailOAuthCode", SupportsShouldProcess = true,
    HelpUri = HelpPages.Folder + "Request-MailOAuthCode.md")]
[OutputType(typeof(MailOAuthCode))]
public sealed class RequestMailOAuthCode : ConnectionCmdlet
{
    /// <summary>The OAuth client id of the tool that will exchange the code; at most 20 bytes. Default: mailadmin.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = "mailadmin";

    /// <summary>The redirect URI, which the exchange must repeat. One that begins with <c>http://</c> is refused. Default: none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>A nonce, any text, that the server repeats in the id token.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Nonce { get; set; }

    private protected override object? ErrorTarget => ClientId;

    private protected override void Process()
    {
        if (!ShouldAct($"{Client.BaseUri} for client '{ClientId}'", "Request an OAuth code"))
        {
            return;
        }
        OAuthCode code = Pump.Wait(Client.OAuth.RequestCodeAsync(ClientId, RedirectUri, Nonce, Pump.Token));
        WriteObject(new MailOAuthCode(ClientId, RedirectUri, SecureStringConverter.ToSecureString(code.Code), Client.Time.GetUtcNow().AddMinutes(10)));
    }
}

/// <summary>An OAuth code for another tool.</summary>
public sealed class MailOAuthCode : ServerObject
{
    internal MailOAuthCode(string clientId, string? redirectUri, System.Security.SecureString code, DateTimeOffset expires) =>
        (ClientId, RedirectUri, Code, Expires) = (clientId, redirectUri, code, expires);

    /// <summary>The client it is for.</summary>
    public string ClientId { get; }
    /// <summary>The redirect URI that the exchange must repeat.</summary>
    public string? RedirectUri { get; }
    /// <summary>The code; <c>ConvertFrom-SecureString -AsPlainText</c> shows it.</summary>
    public System.Security.SecureString Code { get; }
    /// <summary>When it expires, by the server's default of ten minutes.</summary>
    public DateTimeOffset Expires { get; }

    /// <inheritdoc/>
    public override string ToString() => ClientId;
}
