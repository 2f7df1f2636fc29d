using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Gets messages that wait for delivery, by id or as a list that streams (GET /queue/messages, GET /queue/messages/{id}; x:QueuedMessage).</summary>
[Cmdlet(VerbsCommon.Get, "MailQueueMessage", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailQueueMessage.md")]
[OutputType(typeof(MailQueueMessage))]
public sealed class GetMailQueueMessage : QueueMessageCmdlet
{
    /// <summary>Messages whose next delivery attempt is before this time. It does not mean the message's age. For servers before 0.16 it must be in the future.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [TimeArgument]
    public DateTimeOffset? DueBefore { get; set; }

    /// <summary>Messages whose next delivery attempt is after this time. It does not mean the message's age. For servers before 0.16 it must be in the future.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [TimeArgument]
    public DateTimeOffset? DueAfter { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
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
            ThrowTerminating(e, FilterText);
        }
    }

    private void ListMessages()
    {
        var query = new QueueQuery
        {
            Filter = FilterText is null ? null : CreateTextFilter(),
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
        if (!Client.Queue.TakesPastDueTimes && time is { } due && due <= Client.Time.GetUtcNow())
        {
            ThrowTerminatingError(QueueErrors.DueTimeInPast(parameter, due));
        }
    }
}
