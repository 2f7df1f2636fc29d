using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>Completes names of gauges and histograms; those of counters are names of events.</summary>
public sealed class MetricIdCompleter : IArgumentCompleter
{
    private static readonly string[] s_ids =
    [
        "message-ingest.time", "message-ingest.index-time", "delivery.total-time", "delivery.attempt-time", "message.size", "message.authenticated-size",
        "outgoing-report.size", "store.data-read-time", "store.data-write-time", "store.blob-read-time", "store.blob-write-time", "dns.lookup-time",
        "http.request-time", "imap.request-time", "pop3.request-time", "smtp.request-time", "sieve.request-time", "http.active-connections",
        "imap.active-connections", "pop3.active-connections", "smtp.active-connections", "sieve.active-connections", "delivery.active-connections",
        "server.memory", "queue.count", "user.count", "domain.count",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, s_ids.Select(id => (id, "")));
}

/// <summary>Completes names of the events that begin the traces worth listing.</summary>
public sealed class TraceTypeCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] s_types =
    [
        ("delivery.attempt-start", "Deliveries"),
        ("smtp.connection-start", "Messages received"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, s_types);
}

/// <summary>Completes names of events from the newest entries of the log.</summary>
public sealed class LogEventCompleter : IArgumentCompleter
{
    private const int MaxEntries = 500;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "log events", FetchAsync).Select(entry => (entry.EventId, entry.Event)));

    private static async Task<IReadOnlyList<MailLogEntry>> FetchAsync(MailClient client, CancellationToken cancellationToken)
    {
        var found = new SortedDictionary<string, MailLogEntry>(StringComparer.Ordinal);
        await foreach (MailLogEntry entry in client.Logs.ListAsync(new LogQuery { First = MaxEntries }, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            found.TryAdd(entry.EventId, entry);
        }
        return [.. found.Values];
    }
}
