using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>A cmdlet that acts on queued messages: by id, by a filter, or on all of them with -All, which asks for confirmation.</summary>
public abstract class QueueTargetCmdlet : QueueMessageCmdlet
{
    private protected const string ByAll = "All";
    private const int SampleSize = 3;

    private protected QueueTargetCmdlet()
    {
    }

    /// <summary>Every message of the queue. Asks for confirmation, with their number and the first three.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByAll)]
    public SwitchParameter All { get; set; }

    /// <summary>Do not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        if (!ValidateParameters())
        {
            return;
        }
        if (ParameterSetName == ById)
        {
            foreach (QueueIdentity identity in Id!.Where(identity => IsFirst($"message {identity.Id}")))
            {
                Process(identity);
            }
            return;
        }
        ProcessBulk();
    }

    /// <inheritdoc/>
    private protected sealed override void End()
    {
        base.End();
        try
        {
            Review();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, FilterText);
        }
    }

    /// <summary>Looks at the messages that were acted on by id, after the last one; called on the pipeline thread.</summary>
    private protected abstract void Review();

    /// <summary>The messages for a sentence that goes on: "message 1 was", "3 messages (1, 2, 3) were".</summary>
    private protected static string FormatIds(IReadOnlyList<ulong> ids) => ids is [ulong only]
        ? $"message {only} was"
        : $"{ids.Count} messages ({string.Join(", ", ids.Take(SampleSize))}{(ids.Count > SampleSize ? ", …" : "")}) were";

    private protected override string PipeAdvice => $" What it shows can then be piped to {MyInvocation.MyCommand.Name}.";

    /// <summary>Whether the arguments make sense; writes the error if not.</summary>
    private protected virtual bool ValidateParameters() => true;

    /// <summary>Works on one message; called on the pipeline thread.</summary>
    private protected abstract void Process(QueueIdentity identity);

    /// <summary>Works on all messages that match the filter, after confirmation; called on the pipeline thread.</summary>
    private protected abstract void Process(QueueFilter filter);

    /// <summary>What is about to be done, for the confirmation prompt.</summary>
    private protected abstract string Action { get; }

    /// <summary>Whether the messages are lost: then Enter means no also where a filter chooses them.</summary>
    private protected virtual bool LosesMail => false;

    /// <summary>Whether to act on one message.</summary>
    private protected bool ShouldAct(QueueIdentity identity) =>
        PassesDryRun((dry, token) => RunAsync(dry, identity.Id, token), identity.Id, token => CheckAsync(identity.Id, token)) && ShouldAct(Describe(identity), Action, Force);

    /// <summary>Acts on one message, and does not look what became of it.</summary>
    private protected abstract Task RunAsync(MailClient client, ulong id, CancellationToken cancellationToken);

    /// <summary>Acts on all messages of a filter, or on one of them where that would wait for its end.</summary>
    private protected abstract Task RunAsync(MailClient client, QueueFilter filter, QueueSample sample, CancellationToken cancellationToken);

    /// <summary>Says what is certainly refused of one message.</summary>
    private protected abstract Task CheckAsync(ulong id, CancellationToken cancellationToken);

    private void ProcessBulk()
    {
        try
        {
            QueueFilter filter = CreateFilter();
            QueueSample sample = Pump.Wait(Client.Queue.SampleAsync(filter, SampleSize, Pump.Token));
            if (sample.Total == 0)
            {
                WriteWarning(filter.IsEverything ? "The queue is empty." : $"No queued message has {filter}.");
            }
            else if (PassesDryRun((dry, token) => RunAsync(dry, filter, sample, token), FilterText, isOfAll: AsksOfAll(filter)) && ShouldAct(filter, sample))
            {
                Process(filter);
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, FilterText);
        }
    }

    private bool AsksOfAll(QueueFilter filter) => filter.IsEverything || LosesMail;

    private bool ShouldAct(QueueFilter filter, QueueSample sample) =>
        AsksOfAll(filter) ? ShouldActOnAll(Describe(filter, sample), Action, Force) : ShouldAct(Describe(filter, sample), Action, Force);

    private QueueFilter CreateFilter()
    {
        if (ParameterSetName == ByFilter)
        {
            return CreateTextFilter();
        }
        return All
            ? QueueFilter.Everything
            : throw new MailServerException(MailErrorCode.RejectedByClient, Operations.ListQueueMessages, "-All:$false selects no message. Specify an id, a filter, or -All.") { Field = nameof(All) };
    }

    private static string Describe(QueueIdentity identity) => identity.Message is { } message ? $"message {DescribeMessage(message)}" : $"message {identity}";

    private static string Describe(QueueFilter filter, QueueSample sample)
    {
        string lines = string.Join("; ", sample.Messages.Select(DescribeMessage));
        string more = sample.Total > sample.Messages.Count ? "; …" : "";
        return filter.IsEverything
            ? $"all {sample.Total} messages of the queue ({lines}{more})"
            : $"{sample.Total} {(sample.Total == 1 ? "message" : "messages")} with {filter} ({lines}{more})";
    }

    private static string DescribeMessage(MailQueueMessage message) =>
        $"{message.Id} from {(message.From.Length > 0 ? message.From : "<>")} to {string.Join(", ", message.Recipient.Take(SampleSize))}{(message.Recipient.Count > SampleSize ? ", …" : "")}";
}
