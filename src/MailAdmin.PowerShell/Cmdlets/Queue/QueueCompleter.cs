using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Queue;

/// <summary>Completes ids, senders, recipients and their domains from the first messages of the queue.</summary>
public sealed class QueueCompleter : IArgumentCompleter
{
    private const int MaxMessages = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<MailQueueMessage> messages = CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "queue", FetchAsync);
        return CompletionResults.GetMatches(wordToComplete, GetCandidates(parameterName, messages));
    }

    private static IEnumerable<(string Text, string ToolTip)> GetCandidates(string parameter, IReadOnlyList<MailQueueMessage> messages)
    {
        IEnumerable<MailQueueRecipient> recipients = messages.SelectMany(message => message.Recipient);
        return parameter.ToUpperInvariant() switch
        {
            "ID" or "QUEUEID" => messages.Select(message => (message.ToString(), $"{(message.From.Length > 0 ? message.From : "<>")} to {message.Recipient}: {message.Status}")),
            "FROM" => ToDistinctCandidates(messages.Select(message => message.From).Where(path => path.Length > 0)),
            "DOMAIN" => ToDistinctCandidates(recipients.Select(recipient => recipient.Domain)),
            _ => ToDistinctCandidates(recipients.Select(recipient => recipient.Address)),
        };
    }

    private static IEnumerable<(string Text, string ToolTip)> ToDistinctCandidates(IEnumerable<string> all) => all.Distinct().Order(StringComparer.Ordinal).Select(text => (text, ""));

    private static async Task<IReadOnlyList<MailQueueMessage>> FetchAsync(MailClient client, CancellationToken cancellationToken)
    {
        var messages = new List<MailQueueMessage>();
        await foreach (MailQueueMessage message in client.Queue.ListAsync(new QueueQuery { First = MaxMessages }, null, cancellationToken).ConfigureAwait(false))
        {
            messages.Add(message);
        }
        return messages;
    }
}
