using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Tasks;

/// <summary>Completes -Id with the tasks that are there. Offers nothing without a connection, before 0.16, or when the server takes more than two seconds.</summary>
public sealed class TaskIdCompleter : IArgumentCompleter
{
    private const int MaxTasks = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionResults.GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "tasks", FetchAsync));

    private static async Task<IReadOnlyList<(string Text, string ToolTip)>> FetchAsync(MailClient client, CancellationToken cancellationToken)
    {
        var found = new List<(string Text, string ToolTip)>();
        await foreach (MailTask task in client.Tasks.ListAsync(new TaskQuery(), cancellationToken).ConfigureAwait(false))
        {
            found.Add((task.Id, $"{task.State}: {task.Summary}"));
            if (found.Count == MaxTasks)
            {
                break;
            }
        }
        return found;
    }
}
