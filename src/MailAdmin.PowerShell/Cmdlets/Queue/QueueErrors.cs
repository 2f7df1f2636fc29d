// The records of the queue's and the reports' cmdlets that no answer of the server stands for.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Makes ErrorRecords about queued messages and reports.</summary>
internal static class QueueErrors
{
    /// <summary>A message outlived its cancellation.</summary>
    public static ErrorRecord MessageStillQueued(ulong id) => Create(
        $"Message {id} is still in the queue: it was being delivered while it was cancelled.", "MessageStillQueued", ErrorCategory.ResourceBusy, id,
        $"Check with Get-MailQueueMessage {id}, and cancel it again with Remove-MailQueueMessage {id}.");

    /// <summary>Nothing of a message was left to act on.</summary>
    public static ErrorRecord NoPendingRecipients(ulong id, string done) => Create(
        $"Nothing of message {id} was {done}: none of the selected recipients is still waiting.", "NoPendingRecipients", ErrorCategory.InvalidOperation, id,
        $"Get-MailQueueMessage {id} | Select-Object -ExpandProperty Recipient shows the status of each.");

    /// <summary>A time that the server would ignore, with the pipeline that people usually mean.</summary>
    public static ErrorRecord DueTimeInPast(string parameter, DateTimeOffset time)
    {
        string written = TimeText.Format(time);
        string comparison = parameter == "DueBefore" ? "-lt" : "-gt";
        return Create(
            $"-{parameter} {written} is in the past: the server would ignore it and list every message. It is about the next delivery attempt, not about a message's age. "
            + $"By age: Get-MailQueueMessage | Where-Object Created {comparison} '{written}'",
            "DueTimeInPast", ErrorCategory.InvalidArgument, time, $"Get-MailQueueMessage | Where-Object Created {comparison} '{written}'");
    }

    /// <summary>An object of another kind than the cmdlet's.</summary>
    public static ErrorRecord ReportKindMismatch(object report, string wanted) => Create(
        $"'{report}' is not a {wanted}.", "ReportKindMismatch", ErrorCategory.InvalidType, report, null);

    private static ErrorRecord Create(string message, string id, ErrorCategory category, object target, string? advice) =>
        new(new InvalidOperationException(message), id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice } };
}
