using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Recalculates how many bytes accounts store, and returns the number (DELETE /store/quota/{account}); from server 0.16 on as a task (x:Task/set), which it returns. No mail changes.</summary>
[Cmdlet(VerbsData.Update, "MailQuotaUsage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-MailQuotaUsage.md")]
[OutputType(typeof(MailQuotaUsage), typeof(MailTask))]
public sealed class UpdateMailQuotaUsage : AccountCmdlet
{
    private readonly TaskWait _wait;

    /// <summary>Creates the cmdlet.</summary>
    public UpdateMailQuotaUsage() => _wait = new TaskWait(this, Pump, () => Client.Tasks);

    /// <summary>Wait until the server's tasks are done, from server 0.16 on; a task that failed is an error with its reason. Stopping the command ends the waiting, not the task.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (Wait)
        {
            Client.Tasks.ThrowIfNone(nameof(Wait));
        }
    }

    private protected override void Process(PrincipalIdentity identity) => Act(identity, "Recalculate the stored bytes", RecalculateAsync, WriteObject, WaitAsync);

    private static async Task<ServerObject> RecalculateAsync(MailClient client, string name, CancellationToken cancellationToken)
    {
        MaintenanceOutcome<MailQuotaUsage> outcome = await client.Maintenance.RecalculateQuotaUsageAsync(name, cancellationToken).ConfigureAwait(false);
        return (ServerObject?)outcome.Task ?? outcome.Result!;
    }

    private async Task<ServerObject> WaitAsync(ServerObject result, CancellationToken cancellationToken) =>
        Wait && result is MailTask task ? await _wait.RunAsync(task, cancellationToken).ConfigureAwait(false) : result;
}
