using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Cmdlets.Tasks;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Renumbers the mailboxes and messages of accounts (DELETE /store/uids/{account}; from server 0.16 on x:Task/set); their IMAP clients then download everything again.</summary>
[Cmdlet(VerbsCommon.Reset, "MailImapUid", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Reset-MailImapUid.md")]
[OutputType(typeof(MailImapUidReset), typeof(MailTask))]
public sealed class ResetMailImapUid : AccountCmdlet
{
    private readonly TaskWait _wait;

    /// <summary>Creates the cmdlet.</summary>
    public ResetMailImapUid() => _wait = new TaskWait(this, Pump, () => Client.Tasks);

    /// <summary>Wait until the server's tasks are done, from server 0.16 on; a task that failed is an error with its reason. Stopping the command ends the waiting, not the task.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (Wait)
        {
            Client.Tasks.ThrowIfNone(nameof(Wait));
        }
    }

    private protected override void Process(PrincipalIdentity identity) =>
        Act(identity, "Give every mailbox and message a new IMAP number (IMAP clients of the account download all mail again)", ResetAsync, WriteObject, WaitAsync, Force);

    private static async Task<ServerObject> ResetAsync(MailClient client, string name, CancellationToken cancellationToken)
    {
        MaintenanceOutcome<MailImapUidReset> outcome = await client.Maintenance.ResetUidsAsync(name, cancellationToken).ConfigureAwait(false);
        return (ServerObject?)outcome.Task ?? outcome.Result!;
    }

    private async Task<ServerObject> WaitAsync(ServerObject result, CancellationToken cancellationToken) =>
        Wait && result is MailTask task ? await _wait.RunAsync(task, cancellationToken).ConfigureAwait(false) : result;
}
