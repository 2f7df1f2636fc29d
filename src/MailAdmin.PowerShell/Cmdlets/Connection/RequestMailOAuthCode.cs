using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Account;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Requests an OAuth authorization code of the signed-in account, for another tool (POST /oauth; from 0.16 on POST /auth). It is a secret: valid for ten minutes, and once.</summary>
[Cmdlet(VerbsLifecycle.Request, "MailOAuthCode", SupportsShouldProcess = true,
    HelpUri = HelpPages.Folder + "Request-MailOAuthCode.md")]
[OutputType(typeof(MailOAuthCode))]
public sealed class RequestMailOAuthCode : ReauthenticatingCmdlet
{
    /// <summary>The OAuth client id of the tool that will exchange the code; at most 20 bytes, from server 0.16 on 2,048. Default: mailadmin.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = "mailadmin";

    /// <summary>The redirect URI, which the exchange must repeat. One that begins with <c>http://</c> is refused, unless there is a -CodeChallenge. Default: none, from server 0.16 on <c>stalwart://auth</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>A nonce, any text, that the server repeats in the id token.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Nonce { get; set; }

    /// <summary>The challenge of the tool (PKCE, S256): the base64url of the SHA-256 of a verifier that it keeps. Server 0.16 and later.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9_-]{43}$")]
    public string? CodeChallenge { get; set; }

    private protected override object? ErrorTarget => ClientId;

    private protected override string PasswordReason => "From 0.16 on the server gives out a code for login and password, and not for the connection.";

    private protected override void ProcessAccount()
    {
        if (!ShouldAct($"{Client.BaseUri} for client '{ClientId}'", "Request an OAuth code"))
        {
            return;
        }
        MailCredential? credential = Client.OAuth.RequiresPassword || Credential is not null ? CreatePasswordCredential(GetCurrentCredential()) : null;
        OAuthCode code = Pump.Wait(Client.OAuth.RequestCodeAsync(ClientId, RedirectUri, Nonce, Pump.Token, credential, CodeChallenge));
        WriteObject(new MailOAuthCode(ClientId, RedirectUri ?? Client.OAuth.DefaultRedirectUri, SecureStringConverter.ToSecureString(code.Code), Client.Time.GetUtcNow().AddMinutes(10)));
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
