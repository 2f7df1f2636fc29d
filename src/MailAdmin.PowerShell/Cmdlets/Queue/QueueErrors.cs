using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Makes the ErrorRecords of the queue and report cmdlets that are not failed requests.</summary>
internal static class QueueErrors
{
    /// <summary>A message is still queued after its cancellation.</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="recipients">The recipients that were cancelled; null = the whole message.</param>
    public static ErrorRecord MessageStillQueued(ulong id, string[]? recipients)
    {
        string whose = recipients is null ? "" : $" for {string.Join(", ", recipients)}";
        string again = recipients is null ? "" : $" -Recipient {string.Join(", ", recipients.Select(recipient => $"'{recipient}'"))}";
        return Create(
            $"Message {id} is still in the queue{whose} after its cancellation: it was being delivered meanwhile, or the request to cancel it was lost.", "MessageStillQueued", ErrorCategory.ResourceBusy, id,
            $"Check with Get-MailQueueMessage {id}, and cancel it again with Remove-MailQueueMessage {id}{again}. To keep a delivery from holding it, run Suspend-MailQueue first.");
    }

    /// <summary>The next try of a message did not move.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">When it should be tried; null = at once.</param>
    /// <param name="domain">Only the recipients in this domain; null = all.</param>
    public static ErrorRecord MessageNotRescheduled(QueueUnmovedMessage message, DateTimeOffset? at, string? domain)
    {
        string wanted = at is { } time ? $"at {TimeText.Format(time)}" : "at once";
        string why = message.WasDue ? ": it was being delivered while it was rescheduled" : "";
        string again = (at is { } other ? $" -At '{TimeText.Format(other)}'" : "") + (domain is null ? "" : $" -Domain '{domain}'");
        return message.NextRetry is { } next
            ? Create(
                $"The next try of message {message.Id} did not move, though the server answered that it was rescheduled{why}. It will be tried at {TimeText.Format(next)}, not {wanted}.",
                "MessageNotRescheduled", ErrorCategory.ResourceBusy, message.Id, $"Check with Get-MailQueueMessage {message.Id}, and try again with Invoke-MailQueueReschedule {message.Id}{again}.")
            : Create(
                $"Message {message.Id} does not wait until {wanted["at ".Length..]}{(domain is null ? "" : $" for {domain}")}, though the server answered that it was rescheduled: it has been delivered, given up or cancelled meanwhile.",
                "MessageNotRescheduled", ErrorCategory.ResourceBusy, message.Id, $"Get-MailServerLog -Text {message.Id} may show what became of it.");
    }

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
        $"'{InputText.Format(report)}' is not a {expectedKind}.", "ReportKindMismatch", ErrorCategory.InvalidType, report, null);

    private static ErrorRecord Create(string message, string id, ErrorCategory category, object target, string? advice) =>
        new(new InvalidOperationException(message), id, category, target) { ErrorDetails = new ErrorDetails(message) { RecommendedAction = advice } };
}
