using System.Management.Automation;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Updates the spam rules (GET /update/spam-filter). The server downloads them itself.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsData.Update, "MailSpamFilter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-MailSpamFilter.md")]
[OutputType(typeof(MailUpdateResult))]
public sealed class UpdateMailSpamFilter : ConnectionCmdlet
{
    /// <summary>Also replace rules that were changed on this server: those changes are lost.</summary>
    [Parameter]
    public SwitchParameter Overwrite { get; set; }

    /// <summary>Install the rules again even when the server has the newest version.</summary>
    [Parameter]
    public SwitchParameter IgnoreVersion { get; set; }

    private protected override object? ErrorTarget => "spam-filter";

    private protected override void Process()
    {
        if (!ShouldAct("spam rules", Overwrite ? "Update, and replace rules that were changed on this server" : "Update"))
        {
            return;
        }
        string? version = Pump.Wait(Client.Maintenance.UpdateSpamFilterAsync(Overwrite, IgnoreVersion, Pump.Token));
        WriteObject(new MailUpdateResult { Component = "SpamFilter", Updated = version is not null, Version = version });
    }
}
