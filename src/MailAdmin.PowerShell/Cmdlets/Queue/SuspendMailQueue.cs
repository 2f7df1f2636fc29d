using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Stops deliveries (PATCH /queue/status/stop) and checks that they stopped. Mail is still accepted, and waits.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsLifecycle.Suspend, "MailQueue", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Suspend-MailQueue.md")]
[OutputType(typeof(MailQueueStatus))]
public sealed class SuspendMailQueue : SetQueueStateCmdlet
{
    private protected override string Action => "Stop deliveries (mail is still accepted and waits)";

    private protected override Task<QueueStateChange> SetStateAsync(CancellationToken cancellationToken) => Client.Queue.SuspendAsync(cancellationToken);
}
