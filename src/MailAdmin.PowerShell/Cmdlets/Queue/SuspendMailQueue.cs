// Suspend-MailQueue: stops deliveries; mail is accepted and waits.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Stops deliveries (PATCH /queue/status/stop) and sees that they stopped. Mail is accepted all the same, and waits.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "MailQueue", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailQueueStatus))]
public sealed class SuspendMailQueue : SetQueueStateCmdlet
{
    private protected override string Action => "Stop deliveries; mail is accepted and waits";

    private protected override Task<QueueStateChange> SetStateAsync(CancellationToken cancellationToken) => Client.Queue.SuspendAsync(cancellationToken);
}
