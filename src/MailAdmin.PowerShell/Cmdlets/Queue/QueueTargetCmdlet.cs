// What the cmdlets that act on queued messages share: which ones are meant, and that "everything" is said on purpose and confirmed.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>A cmdlet that acts on queued messages: by id, by a filter, or on all of them with -All.</summary>
public abstract class QueueTargetCmdlet : WindowedCmdlet
{
    private protected const string ById = "Id";
    private protected const string ByFilter = "Filter";
    private protected const string ByAll = "All";
    private const int SampleSize = 3;

    private protected QueueTargetCmdlet()
    {
    }

    /// <summary>The queue id, or the message.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("QueueId")]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [QueueIdentityArgument]
    [ValidateNotNullOrEmpty]
    public QueueIdentity[]? Id { get; set; }

    /// <summary>Every message that has this part in its sender or in any recipient. No wildcards; not beside -From and -To.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Every message that has this part in its sender. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>Every message that has this part in any recipient. No wildcards. The whole message is meant, its other recipients too.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Every message of the queue.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByAll)]
    public SwitchParameter All { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!ValidateParameters())
        {
            return;
        }
        if (ParameterSetName == ById)
        {
            foreach (QueueIdentity identity in Id!)
            {
                Process(identity);
            }
            return;
        }
        ProcessBulk();
    }

    /// <summary>Whether the arguments make sense; writes the error if not.</summary>
    private protected virtual bool ValidateParameters() => true;

    /// <summary>Works on one message; called on the pipeline thread.</summary>
    private protected abstract void Process(QueueIdentity identity);

    /// <summary>Works on all that the filter means, once it is confirmed; called on the pipeline thread.</summary>
    private protected abstract void Process(QueueFilter filter);

    /// <summary>What is about to be done, for the one who confirms.</summary>
    private protected abstract string Action { get; }

    /// <summary>Asks about one message.</summary>
    private protected bool Confirm(QueueIdentity identity, string action) => (Force && !WhatIfRequested) || ShouldProcess(Describe(identity), action);

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
            else if (Confirm(Describe(filter, sample), filter.IsEverything))
            {
                Process(filter);
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, Text ?? From ?? To);
        }
    }

    private QueueFilter CreateFilter()
    {
        if (ParameterSetName == ByFilter)
        {
            return QueueFilter.Create(Text, From, To);
        }
        return All
            ? QueueFilter.Everything
            : throw new MailServerException(MailErrorCode.RefusedByClient, Operations.ListQueueMessages, "-All:$false names no message. Give an id, a filter, or -All.") { Field = nameof(All) };
    }

    // ShouldProcess would let a low impact pass unasked; everything is always asked about, once.
    private bool Confirm(string target, bool isEverything)
    {
        if (WhatIfRequested)
        {
            return ShouldProcess(target, Action);
        }
        if (Force || (isEverything && IsConfirmDisabled))
        {
            return true;
        }
        return isEverything ? ConfirmOrThrow($"{Action}: {target}", "Every message of the queue") : ShouldProcess(target, Action);
    }

    private bool IsConfirmDisabled => MyInvocation.BoundParameters.TryGetValue("Confirm", out object? given)
        ? !(SwitchParameter)given
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference) && preference == ConfirmImpact.None;

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
        $"{message.Id} from {(message.ReturnPath.Length > 0 ? message.ReturnPath : "<>")} to {string.Join(", ", message.Recipient.Take(SampleSize))}{(message.Recipient.Count > SampleSize ? ", …" : "")}";
}
