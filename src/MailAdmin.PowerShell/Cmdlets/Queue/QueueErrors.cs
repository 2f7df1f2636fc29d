using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Makes the ErrorRecords of the queue and report cmdlets that are not failed requests.</summary>
internal static class QueueErrors
{
    /// <summary>A message is still queued after its cancellation.</summary>
    public static ErrorRecord MessageStillQueued(ulong id) => Create(
        $"Message {id} is still in the queue: it was being delivered while it was cancelled.", "MessageStillQueued", ErrorCategory.ResourceBusy, id,
        $"Check with Get-MailQueueMessage {id}, and cancel it again with Remove-MailQueueMessage {id}.");

    /// <summary>No recipient of a message is still waiting.</summary>
    public static ErrorRecord NoPendingRecipients(ulong id, string done) => Create(
        $"Nothing of message {id} was {done}: none of the selected recipients is still waiting.", "NoPendingRecipients", ErrorCategory.InvalidOperation, id,
        $"Get-MailQueueMessage {id} | Select-Object -ExpandProperty Recipient shows the status of each.");

    /// <summary>A time that the server would ignore; the message shows the pipeline that is usually intended.</summary>
    public static ErrorRecord DueTimeInPast(string parameter, DateTimeOffset time)
    {
        string formatted = TimeText.Format(time);
        string comparison = parameter == "DueBefore" ? "-lt" : "-gt";
        return Create(
            $"-{parameter} {formatted} is in the past: the server would ignore it and list every message. It means the time of the next delivery attempt, not the age of a message. "
            + $"To filter by age: Get-MailQueueMessage | Where-Object Created {comparison} '{formatted}'",
            "DueTimeInPast", ErrorCategory.InvalidArgument, time, $"Get-MailQueueMessage | Where-Object Created {comparison} '{formatted}'");
    }

    /// <summary>A report of another kind than the cmdlet's.</summary>
    public static ErrorRecord ReportKindMismatch(object report, string expectedKind) => Create(
        $"'{report}' is not a {expectedKind}.", "ReportKindMismatch", ErrorCategory.InvalidType, report, null);

    private static ErrorRecord Create(string message, string id, ErrorCategory category, object target, string? advice) =>
        new(new InvalidOperationException(message), id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice } };
}
