using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Lets a device that shows a code sign in as the connected account (POST /oauth type device; from 0.16 on POST /auth type authDevice).</summary>
[Cmdlet(VerbsLifecycle.Approve, "MailDeviceCode", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Approve-MailDeviceCode.md")]
public sealed class ApproveMailDeviceCode : InputCmdlet
{
    private PSCredential? _credential;
    private string? _totpCode;

    /// <summary>The code that the device shows, such as ABCD-EFGH: eight letters or digits, in any case, with or without the hyphen.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidatePattern("^[A-Za-z0-9]{4}[- ]?[A-Za-z0-9]{4}$")]
    public string? UserCode { get; set; }

    /// <summary>The login and the password of the connection's account. Server 0.16 and later, where it is prompted for if not specified; refused before.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The six to eight digits of the authenticator app, where one-time codes are on. Server 0.16 and later, where it is prompted for when the server requires it.</summary>
    [Parameter]
    [ValidatePattern("^([0-9] ?){6,8}$")]
    public string? TotpCode { get; set; }

    // A password is one account's.
    private protected override string? OneServerReason => Credential is null && TotpCode is null ? null : "-Credential and -TotpCode are those of one account";

    /// <inheritdoc/>
    private protected override void Process()
    {
        string letters = UserCode!.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        string code = $"{letters[..4]}-{letters[4..]}";
        if (!ShouldAct($"Device {code}", $"Let it sign in as {Client.UserName ?? "the connected account"}"))
        {
            return;
        }
        try
        {
            if (!Pump.Wait(Client.OAuth.ApproveDeviceAsync(code, Pump.Token, CreateCredential())))
            {
                WriteError(ConnectionErrors.DeviceCodeNotFound(code, UserCode));
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            // A rejected login ends the cmdlet: with the next code it would be sent again.
            WriteItemError(e, UserCode);
        }
    }

    private MailCredential? CreateCredential()
    {
        if (!Client.OAuth.RequiresPassword && Credential is null && TotpCode is null)
        {
            return null;
        }
        const string Reason = "From 0.16 on the server approves a device for login and password, and not for the connection.";
        _credential ??= Credential ?? Prompts.ReadCredential(Host, Reason, Client.UserName ?? "");
        if (_credential is null)
        {
            ThrowTerminatingError(ErrorCatalogue.CredentialRequired($"{Reason} Specify -Credential (Get-Credential).", null));
        }
        return MailCredential.FromPassword(_credential!.UserName, SecureStringConverter.ToPlainText(_credential.Password), PromptForTotpCodeAsync);
    }

    private async ValueTask<string?> PromptForTotpCodeAsync(CancellationToken cancellationToken) =>
        _totpCode ??= TotpCode ?? await Prompts.ReadTotpCodeAsync(Host, Pump, cancellationToken).ConfigureAwait(false);
}
