using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Stops deliveries (PATCH /queue/status/stop) and checks that they stopped; from server 0.16 on (x:Action/set) that cannot be checked. Mail is still accepted, and waits.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "MailQueue", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Suspend-MailQueue.md")]
[OutputType(typeof(MailQueueStatus))]
public sealed class SuspendMailQueue : SetQueueStateCmdlet
{
    private protected override string Action => "Stop deliveries (mail is still accepted and waits)";

    private protected override string UntoldResult =>
        "The server was told to stop deliveries. It does not tell whether they were stopped before, or are now; a restart of the server starts them again.";

    private protected override Task<QueueStateChange?> SetStateAsync(QueueStateResource queue, CancellationToken cancellationToken) => queue.SuspendAsync(cancellationToken);
}
