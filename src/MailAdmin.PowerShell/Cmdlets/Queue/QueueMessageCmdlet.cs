using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>A cmdlet for queued messages: by id, or by a filter.</summary>
public abstract class QueueMessageCmdlet : WindowedCmdlet
{
    private protected const string ById = "Id";
    private protected const string ByFilter = "Filter";

    private protected QueueMessageCmdlet()
    {
    }

    /// <summary>The queue id, a whole decimal number, or the message. Keep ids as text or [ulong]: a [double] loses their last digits.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("QueueId")]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [QueueIdentityArgument]
    [ValidateNotNullOrEmpty]
    public QueueIdentity[]? Id { get; set; }

    /// <summary>
    /// Messages with this text in the sender or in any recipient. No wildcards. It cannot be combined with -From and -To, which the server would
    /// ignore.
    /// </summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Messages with this text in the sender, such as a part of the address. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? From { get; set; }

    /// <summary>Messages with this text in any recipient. No wildcards. This selects the whole message, its other recipients too.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        WarnOfOtherSpelling(Text, From, To);
    }

    /// <summary>The filter that was specified, for messages.</summary>
    private protected string? FilterText => Text ?? From ?? To;

    /// <summary>The filter that was specified.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: none was specified, or one that the server would ignore.</exception>
    private protected QueueFilter CreateTextFilter() => FindPattern() is { } line
        ? throw new MailServerException(
            MailErrorCode.RejectedByClient, Operations.ListQueueMessages,
            $"'{FilterText}' contains a wildcard, which the server does not support: it looks for these characters. Type {line} to have it compared on this machine.{PipeAdvice}")
        { Field = nameof(Text) }
        : QueueFilter.Create(Text, From, To);

    // The same messages, and no others, by a comparison of PowerShell.
    private string? FindPattern()
    {
        if (Text?.HasWildcard() != true && From?.HasWildcard() != true && To?.HasWildcard() != true)
        {
            return null;
        }
        string condition = Text is not null
            ? $"$_.From -like {QuotedText.Quote(Text)} -or $_.To -like {QuotedText.Quote(Text)}"
            : string.Join(" -and ", new[] { FormatCondition("$_.From", From), FormatCondition("$_.To", To) }.OfType<string>());
        return $"Get-MailQueueMessage | Where-Object {{ {condition} }}";
    }

    private static string? FormatCondition(string property, string? part) => part switch
    {
        null => null,
        _ when part.HasWildcard() => $"{property} -like {QuotedText.Quote(part)}",
        _ => $"{property} -like {QuotedText.Quote($"*{part}*")}",
    };

    /// <summary>What to do with the list, as a sentence with a blank before it. The line itself acts on nothing: the pattern may match everything.</summary>
    private protected virtual string PipeAdvice => "";
}
