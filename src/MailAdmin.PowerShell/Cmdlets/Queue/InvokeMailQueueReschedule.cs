using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Has the server retry queued messages, now or at a given time: by id (PATCH /queue/messages/{id}), or all that match (PATCH /queue/messages); from 0.16 on x:QueuedMessage/set. Servers before 0.13 cut the
/// expiry to ten seconds after the new time, "now" included, so that the next temporary failure is the last. Afterwards it looks whether the next
/// try has moved, since a message that is being delivered can keep its own: at once and, where messages were due, for some seconds.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailQueueReschedule", DefaultParameterSetName = ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-MailQueueReschedule.md")]
[OutputType(typeof(MailQueueMessage))]
public sealed class InvokeMailQueueReschedule : QueueTargetCmdlet
{
    private QueueRescheduleBatch? _batch;

    /// <summary>When to try again: a time in the future, and before the message expires. Both are refused otherwise, since the server would try at once, or give the message up untried. Default: now.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? At { get; set; }

    /// <summary>Only the recipients in this domain, such as example.net. No wildcards, and no address: the server reschedules the recipients of a domain together.</summary>
    [Parameter(ParameterSetName = ById)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>Return the messages that were rescheduled and still wait, as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        WarnOfOtherSpelling(Domain);
    }

    private protected override string Action =>
        (At is { } time ? $"Try again at {TimeText.Format(time)}" : "Try again now") + (Domain is null ? "" : $" for recipients in {Domain}") + ExpiryWarning;

    private string ExpiryWarning => !Client.Queue.ShortensExpiry
        ? ""
        : " (on this server they then expire ten seconds after that time: the next temporary failure is the last one, and the mail goes back to its sender)";

    private protected override bool ValidateParameters()
    {
        if (At is { } time && time <= Client.Time.GetUtcNow())
        {
            ThrowTerminating(CreateException($"-At {TimeText.Format(time)} is in the past: the server would try the delivery at once. To try again now, omit -At.", nameof(At)), time);
        }
        if (Domain is not null && (string.IsNullOrWhiteSpace(Domain) || Domain.HasWildcard() || Domain.Contains('@', StringComparison.Ordinal)))
        {
            ThrowTerminating(CreateException($"'{Domain}' is not a valid domain. {FormatDomainAdvice(Domain)}", nameof(Domain)), Domain);
        }
        return true;
    }

    private protected override void Process(QueueIdentity identity)
    {
        if (!ShouldAct(identity))
        {
            return;
        }
        _batch ??= Client.Queue.BeginReschedule(At, Domain);
        Start(
            identity.Id,
            token => _batch.RescheduleAsync(identity.Id, token),
            done =>
            {
                if (!done)
                {
                    WriteError(QueueErrors.NoPendingRecipients(identity.Id, "rescheduled"));
                }
            });
    }

    private protected override async Task RunAsync(MailClient client, ulong id, CancellationToken cancellationToken)
    {
        await client.Queue.GetAsync(id, cancellationToken).ConfigureAwait(false);
        await client.Queue.RescheduleAsync(id, At, Domain, cancellationToken).ConfigureAwait(false);
    }

    private protected override Task RunAsync(MailClient client, QueueFilter filter, QueueSample sample, CancellationToken cancellationToken) => client.Queue.RescheduleAsync(filter, At, cancellationToken);

    private protected override Task CheckAsync(ulong id, CancellationToken cancellationToken) => Client.Queue.CheckRescheduleAsync(id, At, Domain, cancellationToken);

    private protected override void Process(QueueFilter filter)
    {
        _batch = Client.Queue.BeginReschedule(At, domain: null);
        Pump.Wait(_batch.RescheduleAsync(filter, Pump.Token));
    }

    // The messages come out when they have been looked at: before, they only show what was asked for.
    private protected override void Review()
    {
        if (_batch is null)
        {
            return;
        }
        QueueRescheduleReview review = Pump.Wait(_batch.ReviewAsync(PassThru, Pump.Token));
        foreach (MailQueueMessage message in review.Messages)
        {
            WriteObject(message);
        }
        if (ParameterSetName != ById)
        {
            WriteSummary($"{_batch.Count - review.Unmoved.Count} of {_batch.Count} messages rescheduled.");
        }
        foreach (QueueUnmovedMessage message in review.Unmoved)
        {
            WriteError(QueueErrors.MessageNotRescheduled(message, At, Domain));
        }
        if (review.Failure is { } failure)
        {
            WriteWarning($"The server answered that {FormatIds(review.Uncertain)} rescheduled. Whether the next try has moved is not known, since nobody could look: {failure.Message}");
        }
        else if (review.Uncertain.Count > 0)
        {
            WriteWarning(
                $"Tried since, but {FormatIds(review.Uncertain)} due when rescheduled: whether that try had begun before cannot be known. "
                + "Get-MailQueueMessage shows when the next one comes.");
        }
    }

    // Of an address only the domain can be meant here: the server reschedules all recipients of a domain together.
    private static string FormatDomainAdvice(string domain) => domain.Trim().TrimStart('*') is ['@', .. { Length: > 0 } rest] && !rest.HasWildcard()
        ? $"Type -Domain {QuotedText.Quote(rest)}"
        : "Specify one such as example.org, without wildcards; the recipients of a domain are rescheduled together.";

    private static MailServerException CreateException(string message, string field) => new(MailErrorCode.RejectedByClient, Operations.RescheduleQueueMessages, message) { Field = field };
}
