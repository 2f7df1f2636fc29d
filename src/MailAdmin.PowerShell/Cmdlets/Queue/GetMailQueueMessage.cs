// Get-MailQueueMessage: mail that waits for delivery, by id or as a list that streams.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Gets queued messages (GET /queue/messages, GET /queue/messages/{id}).</summary>
[Cmdlet(VerbsCommon.Get, "MailQueueMessage", DefaultParameterSetName = ByFilter, SupportsPaging = true)]
[OutputType(typeof(MailQueueMessage))]
public sealed class GetMailQueueMessage : WindowedCmdlet
{
    private const string ByFilter = "Filter";
    private const string ById = "Id";

    /// <summary>The queue id, or the message, which is then read afresh.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("QueueId")]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [QueueIdentityArgument]
    [ValidateNotNullOrEmpty]
    public QueueIdentity[]? Id { get; set; }

    /// <summary>A part of the sender or of any recipient. No wildcards; not beside -From and -To, which the server would ignore.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>A part of the sender. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>A part of any recipient. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Messages whose next delivery attempt is before this time. In the future; it is not the message's age.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [TimeArgument]
    public DateTimeOffset? DueBefore { get; set; }

    /// <summary>Messages whose next delivery attempt is after this time. In the future; it is not the message's age.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [TimeArgument]
    public DateTimeOffset? DueAfter { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ById)
        {
            foreach (QueueIdentity identity in Id!)
            {
                Start(identity.Id, token => Client.Queue.GetAsync(identity.Id, token), WriteObject);
            }
            return;
        }
        ThrowIfPast(DueBefore, nameof(DueBefore));
        ThrowIfPast(DueAfter, nameof(DueAfter));
        try
        {
            ListMessages();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, Text ?? From ?? To);
        }
    }

    private void ListMessages()
    {
        var query = new QueueQuery
        {
            Filter = Text is null && From is null && To is null ? null : QueueFilter.Create(Text, From, To),
            DueBefore = DueBefore,
            DueAfter = DueAfter,
            Skip = PagingParameters.SkipCount(),
            First = PagingParameters.FirstOrNull(),
        };
        Action<long>? onTotal = PagingParameters.IncludeTotalCount
            ? total => Pump.Post(() => WriteObject(PagingParameters.NewTotalCount((ulong)total, 1.0)))
            : null;
        foreach (MailQueueMessage message in Pump.Enumerate(token => Client.Queue.ListAsync(query, onTotal, token)))
        {
            Pump.Drain();
            WriteObject(message);
        }
        Pump.Drain();
    }

    private void ThrowIfPast(DateTimeOffset? time, string parameter)
    {
        if (time is { } given && given <= Client.Time.GetUtcNow())
        {
            ThrowTerminatingError(QueueErrors.DueTimeInPast(parameter, given));
        }
    }
}
