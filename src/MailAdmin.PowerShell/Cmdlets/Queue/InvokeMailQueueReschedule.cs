using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>
/// Has the server retry queued messages, now or at a given time: by id (PATCH /queue/messages/{id}), or all that match (PATCH /queue/messages). Servers before 0.13 cut the
/// expiry to ten seconds after the new time, "now" included, so that the next temporary failure is the last.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailQueueReschedule", DefaultParameterSetName = ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailQueueMessage))]
public sealed class InvokeMailQueueReschedule : QueueTargetCmdlet
{
    /// <summary>When to try again. In the future and before the message expires. Default: now.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? At { get; set; }

    /// <summary>Only the recipients in this domain.</summary>
    [Parameter(ParameterSetName = ById)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>Return the messages as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Action =>
        (At is { } time ? $"Try again at {TimeText.Format(time)}" : "Try again now") + (Domain is null ? "" : $" for recipients in {Domain}") + ExpiryWarning;

    // Also shown where an API key may not read the server's version.
    private string ExpiryWarning => Client.Dialect.ReplacesExpiryByAttempts == true
        ? ""
        : " (on this server they then expire ten seconds after that time: the next temporary failure loses the mail)";

    private protected override bool ValidateParameters()
    {
        if (At is { } time && time <= Client.Time.GetUtcNow())
        {
            ThrowTerminating(CreateException($"-At {TimeText.Format(time)} is in the past: the server would try the delivery at once. To try again now, omit -At.", nameof(At)), time);
        }
        if (Domain is not null && (string.IsNullOrWhiteSpace(Domain) || Domain.HasWildcard() || Domain.Contains('@', StringComparison.Ordinal)))
        {
            ThrowTerminating(CreateException($"'{Domain}' is not a valid domain. Specify one such as example.org, without wildcards.", nameof(Domain)), Domain);
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
                bool done = await Client.Queue.RescheduleAsync(identity.Id, At, Domain, token).ConfigureAwait(false);
                // A message that was tried at once may already have been delivered.
                return (Done: done, Message: done && PassThru ? await Client.Queue.GetAsync(identity.Id, token).OrNullIfNotFoundAsync().ConfigureAwait(false) : null);
            },
            result =>
            {
                if (!result.Done)
                {
                    WriteError(QueueErrors.NoPendingRecipients(identity.Id, "rescheduled"));
                }
                else if (result.Message is not null)
                {
                    WriteObject(result.Message);
                }
            });
    }

    private protected override void Process(QueueFilter filter)
    {
        Pump.Wait(Client.Queue.RescheduleAsync(filter, At, Pump.Token));
        if (!PassThru)
        {
            return;
        }
        foreach (MailQueueMessage message in Pump.Enumerate(token => Client.Queue.ListAsync(new QueueQuery { Filter = filter }, null, token)))
        {
            WriteObject(message);
        }
    }

    private static MailServerException CreateException(string message, string field) => new(MailErrorCode.RejectedByClient, Operations.RescheduleQueueMessages, message) { Field = field };
}
