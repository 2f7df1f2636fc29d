using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Completes -Id of the report cmdlets with ids of the kind that the command or -Kind names, the newest first.</summary>
public sealed class ReportIdCompleter : IArgumentCompleter
{
    private const int MaxReports = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (commandName.Contains("Queue", StringComparison.OrdinalIgnoreCase))
        {
            return GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "queue reports", FetchQueuedAsync));
        }
        string kindInName = commandName[(commandName.IndexOf('-', StringComparison.Ordinal) + 1)..].Replace("Mail", "", StringComparison.OrdinalIgnoreCase).Replace("Report", "", StringComparison.OrdinalIgnoreCase);
        string word = kindInName.Length > 0 ? kindInName : fakeBoundParameters["Kind"]?.ToString() ?? "";
        return Enum.TryParse(word, ignoreCase: true, out MailReportKind kind) && Enum.IsDefined(kind)
            ? GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "reports " + kind, (client, token) => FetchReceivedAsync(client, kind, token)))
            : [];
    }

    private static IEnumerable<CompletionResult> GetMatches(string word, IReadOnlyList<string> ids) => CompletionResults.GetMatches(word, ids.Select(id => (id, "")));

    private static async Task<IReadOnlyList<string>> FetchQueuedAsync(MailClient client, CancellationToken cancellationToken) =>
        (await client.QueueReports.ListIdsAsync(new QueueReportQuery { First = MaxReports }, cancellationToken).ConfigureAwait(false)).Ids;

    private static async Task<IReadOnlyList<string>> FetchReceivedAsync(MailClient client, MailReportKind kind, CancellationToken cancellationToken) =>
        (await client.IncomingReports.ListIdsAsync(kind, new ReportQuery { First = MaxReports }, cancellationToken).ConfigureAwait(false)).Ids;
}
