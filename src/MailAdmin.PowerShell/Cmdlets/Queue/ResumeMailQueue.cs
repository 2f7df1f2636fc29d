using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Resumes deliveries (PATCH /queue/status/start) and checks that they started; from server 0.16 on (x:Action/set) that cannot be checked. Due messages stay idle until the next queue event, at worst for
/// a day; a warning counts them.
/// </summary>
[Cmdlet(VerbsLifecycle.Resume, "MailQueue", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Resume-MailQueue.md")]
[OutputType(typeof(MailQueueStatus))]
public sealed class ResumeMailQueue : SetQueueStateCmdlet
{
    private protected override string Action => "Resume deliveries";

    private protected override string UntoldResult => "The server was told to start deliveries. It does not tell whether they were stopped before.";

    private protected override Task<QueueStateChange?> SetStateAsync(QueueStateResource queue, CancellationToken cancellationToken) => queue.ResumeAsync(cancellationToken);

    private protected override void ReportResult(QueueStateChange change)
    {
        if (change.WasRunning)
        {
            WriteVerbose("The queue was already running.");
            return;
        }
        long? due = CountDue();
        if (due != 0)
        {
            WriteWarning(
                $"The queue is running again, but {(due is { } count ? $"{count} due {(count == 1 ? "message" : "messages")}" : "due messages")} may stay idle until the next queue event "
                + "(a new message, a finished delivery), at worst for a day. Rescheduling one of them with Invoke-MailQueueReschedule resumes delivery.");
        }
    }

    // An account that may resume the queue may not be allowed to list it.
    private long? CountDue()
    {
        try
        {
            return Pump.Wait(Client.Queue.CountDueAsync(Pump.Token));
        }
        catch (MailServerException)
        {
            return null;
        }
    }
}
