// Resume-MailQueue: starts deliveries again, and says which messages may sleep on.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Starts deliveries again (PATCH /queue/status/start) and sees that they started. That does not wake the queue: messages that are due wait
/// for the next queue event, at worst a day, and a warning counts them.
/// </summary>
[Cmdlet(VerbsLifecycle.Resume, "MailQueue", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailQueueStatus))]
public sealed class ResumeMailQueue : SetQueueStateCmdlet
{
    private protected override string Action => "Start deliveries again";

    private protected override Task<QueueStateChange> SetStateAsync(CancellationToken cancellationToken) => Client.Queue.ResumeAsync(cancellationToken);

    private protected override void ReportResult(QueueStateChange switched)
    {
        if (switched.WasRunning)
        {
            WriteVerbose("The queue was running.");
            return;
        }
        long? due = CountDue();
        if (due != 0)
        {
            WriteWarning(
                $"The queue runs again, but that does not wake it: {(due is { } count ? $"{count} {(count == 1 ? "message that is due" : "messages that are due")}" : "messages that are due")} "
                + "may sleep on until the next queue event (a new message, a finished delivery), at worst a day. Rescheduling one of them with Invoke-MailQueueReschedule wakes the queue.");
        }
    }

    // Whoever may resume may not be allowed to list.
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
