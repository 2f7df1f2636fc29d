// Completes ids of reports, of the kind that the command or -Kind says.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Completes -Id of the reports' cmdlets, the newest first.</summary>
public sealed class ReportIdCompleter : IArgumentCompleter
{
    private const int Enough = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (commandName.Contains("Queue", StringComparison.OrdinalIgnoreCase))
        {
            return Matching(wordToComplete, QuickLook.At(fakeBoundParameters, "queue reports", QueuedAsync));
        }
        string named = commandName[(commandName.IndexOf('-', StringComparison.Ordinal) + 1)..].Replace("Mail", "", StringComparison.OrdinalIgnoreCase).Replace("Report", "", StringComparison.OrdinalIgnoreCase);
        string word = named.Length > 0 ? named : fakeBoundParameters["Kind"]?.ToString() ?? "";
        return Enum.TryParse(word, ignoreCase: true, out MailReportKind kind) && Enum.IsDefined(kind)
            ? Matching(wordToComplete, QuickLook.At(fakeBoundParameters, "reports " + kind, (client, token) => ReceivedAsync(client, kind, token)))
            : [];
    }

    private static IEnumerable<CompletionResult> Matching(string word, IReadOnlyList<string> ids) => Completion.Matching(word, ids.Select(id => (id, "")));

    private static async Task<IReadOnlyList<string>> QueuedAsync(MailClient client, CancellationToken cancellationToken) =>
        (await client.QueueReports.ListIdsAsync(new QueueReportQuery { First = Enough }, cancellationToken).ConfigureAwait(false)).Ids;

    private static async Task<IReadOnlyList<string>> ReceivedAsync(MailClient client, MailReportKind kind, CancellationToken cancellationToken) =>
        (await client.IncomingReports.ListIdsAsync(kind, new ReportQuery { First = Enough }, cancellationToken).ConfigureAwait(false)).Ids;
}
