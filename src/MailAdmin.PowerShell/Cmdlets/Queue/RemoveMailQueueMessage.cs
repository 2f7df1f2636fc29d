using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Cancels queued messages: by id (DELETE /queue/messages/{id}), or all that match (DELETE /queue/messages); from 0.16 on x:QueuedMessage/set. Afterwards it looks whether they are
/// gone, since a message that is being delivered can survive: at once and, where messages were due, for up to a quarter of a minute. It cancels again
/// what is left, and writes an error for each message that stays.
/// Like resuming, a cancellation of many leaves other due messages idle until the next queue event.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "MailQueueMessage", DefaultParameterSetName = ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailQueueMessage.md")]
public sealed class RemoveMailQueueMessage : QueueTargetCmdlet
{
    private QueueCancellationBatch? _batch;

    /// <summary>Only this recipient: an address, or a whole domain as <c>@example.org</c>. The others stay queued.</summary>
    [Parameter(ParameterSetName = ById)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Recipient { get; set; }

    private protected override string Action => Recipient is null ? "Cancel; it will not be delivered" : $"Cancel for {string.Join(", ", Recipient)}";

    private protected override bool LosesMail => true;

    private protected override bool ValidateParameters()
    {
        foreach (string recipient in Recipient ?? [])
        {
            if (string.IsNullOrWhiteSpace(recipient) || recipient.HasWildcard() || !recipient.Contains('@', StringComparison.Ordinal))
            {
                ThrowTerminating(
                    new MailServerException(
                        MailErrorCode.RejectedByClient, Operations.CancelQueueMessage,
                        $"'{recipient}' is not a valid recipient. {FormatRecipientAdvice(recipient)}")
                    { Field = nameof(Recipient) },
                    recipient);
            }
        }
        return true;
    }

    // What has no @ is a domain; *@example.org and @example.org mean the same recipients.
    private static string FormatRecipientAdvice(string recipient) => recipient.Trim() switch
    {
        ['*', '@', .. var domain] when domain.Length > 0 && !domain.HasWildcard() => $"For everybody in that domain, type -Recipient {QuotedText.Quote($"@{domain}")}",
        var domain when domain.Length > 0 && !domain.HasWildcard() => $"For everybody in that domain, type -Recipient {QuotedText.Quote($"@{domain}")}",
        _ => "Specify an address, or a domain as '@example.org', without wildcards.",
    };

    private protected override void Process(QueueIdentity identity)
    {
        if (!ShouldAct(identity))
        {
            return;
        }
        _batch ??= Client.Queue.BeginCancellation();
        Start(
            identity.Id,
            token => _batch.CancelAsync(identity.Id, Recipient, token),
            done =>
            {
                if (!done)
                {
                    WriteError(QueueErrors.NoPendingRecipients(identity.Id, "cancelled"));
                }
            });
    }

    private protected override async Task RunAsync(MailClient client, ulong id, CancellationToken cancellationToken)
    {
        await client.Queue.GetAsync(id, cancellationToken).ConfigureAwait(false);
        foreach (string? recipient in Recipient ?? [null!])
        {
            await client.Queue.CancelAsync(id, recipient, cancellationToken).ConfigureAwait(false);
        }
    }

    private protected override Task RunAsync(MailClient client, QueueFilter filter, QueueSample sample, CancellationToken cancellationToken) =>
        client.Queue.CancelAsync(sample.Messages[0].Id, recipient: null, cancellationToken);

    private protected override Task CheckAsync(ulong id, CancellationToken cancellationToken) => Client.Queue.CheckCancellationAsync(id, Recipient ?? [], cancellationToken);

    private protected override void Review()
    {
        if (_batch is null)
        {
            return;
        }
        QueueCancellationReview review = Pump.Wait(_batch.ReviewAsync(Pump.Token));
        foreach (ulong id in review.Remaining)
        {
            WriteError(QueueErrors.MessageStillQueued(id, Recipient));
        }
        if (review.Failure is { } failure)
        {
            WriteWarning($"The server answered that {FormatIds(review.Uncertain)} cancelled. Whether it is gone is not known, since nobody could look: {failure.Message}");
        }
        else if (review.Uncertain.Count > 0)
        {
            WriteWarning(
                $"No longer in the queue, but {FormatIds(review.Uncertain)} due when cancelled: a delivery that had begun may still go out, or put the message back. "
                + "Get-MailQueueMessage shows whether it has come back.");
        }
    }

    private protected override void Process(QueueFilter filter)
    {
        QueueCancellation cancellation = Pump.Wait(Client.Queue.CancelAsync(filter, Pump.Token));
        string left = cancellation.LeftBefore.Count == 0 ? "" : $" {cancellation.LeftBefore.Count} of them had left it before they could be cancelled.";
        WriteSummary($"{cancellation.Matched.Count - cancellation.Remaining.Count} of {cancellation.Matched.Count} messages are no longer in the queue.{left}");
        foreach (ulong id in cancellation.Remaining)
        {
            WriteError(QueueErrors.MessageStillQueued(id, recipients: null));
        }
    }
}
