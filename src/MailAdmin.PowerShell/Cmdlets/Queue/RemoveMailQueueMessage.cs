using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Cancels queued messages: by id (DELETE /queue/messages/{id}), or all that match (DELETE /queue/messages). After a cancellation of many it
/// checks again for up to a quarter of a minute, since a message that is being delivered can survive, and writes an error for each that is left.
/// Like resuming, a cancellation of many leaves other due messages idle until the next queue event.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "MailQueueMessage", DefaultParameterSetName = ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMailQueueMessage : QueueTargetCmdlet
{
    /// <summary>Only this recipient: an address, or a whole domain as <c>@example.org</c>. The others stay queued.</summary>
    [Parameter(ParameterSetName = ById)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Recipient { get; set; }

    private protected override string Action => Recipient is null ? "Cancel; it will not be delivered" : $"Cancel for {string.Join(", ", Recipient)}";

    private protected override bool ValidateParameters()
    {
        foreach (string recipient in Recipient ?? [])
        {
            if (string.IsNullOrWhiteSpace(recipient) || recipient.HasWildcard() || !recipient.Contains('@', StringComparison.Ordinal))
            {
                ThrowTerminating(
                    new MailServerException(
                        MailErrorCode.RejectedByClient, Operations.CancelQueueMessage,
                        $"'{recipient}' is not a valid recipient. Specify an address, or a domain as @example.org, without wildcards.")
                    { Field = nameof(Recipient) },
                    recipient);
            }
        }
        return true;
    }

    private protected override void Process(QueueIdentity identity)
    {
        if (!ShouldAct(identity))
        {
            return;
        }
        Start(
            identity.Id,
            async token =>
            {
                bool done = true;
                foreach (string recipient in Recipient ?? [null!])
                {
                    done &= await Client.Queue.CancelAsync(identity.Id, recipient, token).ConfigureAwait(false);
                }
                return done;
            },
            done =>
            {
                if (!done)
                {
                    WriteError(QueueErrors.NoPendingRecipients(identity.Id, "cancelled"));
                }
            });
    }

    private protected override void Process(QueueFilter filter)
    {
        QueueCancellation cancellation = Pump.Wait(Client.Queue.CancelAsync(filter, Pump.Token));
        WriteVerbose($"{cancellation.Matched.Count - cancellation.Remaining.Count} of {cancellation.Matched.Count} messages are no longer in the queue.");
        foreach (ulong id in cancellation.Remaining)
        {
            WriteError(QueueErrors.MessageStillQueued(id));
        }
    }
}
