using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Updates the spam rules (GET /update/spam-filter; from server 0.16 on x:Task/set). The server downloads them itself.</summary>
[Cmdlet(VerbsData.Update, "MailSpamFilter", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-MailSpamFilter.md")]
[OutputType(typeof(MailUpdateResult), typeof(MailTask))]
public sealed class UpdateMailSpamFilter : ConnectionCmdlet
{
    /// <summary>Also replace rules that were changed on this server: those changes are lost. Not from server 0.16 on, which only adds what is missing.</summary>
    [Parameter]
    public SwitchParameter Overwrite { get; set; }

    /// <summary>Install the rules again even when the server has the newest version. Not from server 0.16 on, which always downloads them.</summary>
    [Parameter]
    public SwitchParameter IgnoreVersion { get; set; }

    /// <summary>Wait until the server's tasks are done, from server 0.16 on; a task that failed is an error with its reason. Stopping the command ends the waiting, not the task.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override object? ErrorTarget => "spam-filter";

    private protected override void Begin()
    {
        if (Wait)
        {
            Client.Tasks.ThrowIfNone(nameof(Wait));
        }
        Client.Maintenance.CheckSpamFilterUpdate(Overwrite, IgnoreVersion);
    }

    private protected override void Process()
    {
        if (!PassesDryRun((dry, token) => dry.Maintenance.UpdateSpamFilterAsync(Overwrite, IgnoreVersion, token), ErrorTarget)
            || !ShouldAct("spam rules", Overwrite ? "Update, and replace rules that were changed on this server" : "Update"))
        {
            return;
        }
        MaintenanceOutcome<string> outcome = Pump.Wait(Client.Maintenance.UpdateSpamFilterAsync(Overwrite, IgnoreVersion, Pump.Token));
        if (outcome.Task is { } task)
        {
            WriteObject(Wait ? Pump.Wait(new TaskWait(this, Pump, () => Client.Tasks).RunAsync(task, Pump.Token)) : task);
            return;
        }
        WriteObject(new MailUpdateResult { Component = "SpamFilter", Updated = outcome.Result is not null, Version = outcome.Result });
    }
}
