using System.Management.Automation;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Lets a device that shows a code sign in as the connected account (POST /oauth type device).</summary>
[ManagementApiOnly]
[Cmdlet(VerbsLifecycle.Approve, "MailDeviceCode", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Approve-MailDeviceCode.md")]
public sealed class ApproveMailDeviceCode : InputCmdlet
{
    /// <summary>The code that the device shows, such as ABCD-EFGH: eight letters or digits, in any case, with or without the hyphen.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidatePattern("^[A-Za-z0-9]{4}[- ]?[A-Za-z0-9]{4}$")]
    public string? UserCode { get; set; }

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
            if (!Pump.Wait(Client.OAuth.ApproveDeviceAsync(code, Pump.Token)))
            {
                WriteError(ConnectionErrors.DeviceCodeNotFound(code, UserCode));
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, UserCode);
        }
    }
}
