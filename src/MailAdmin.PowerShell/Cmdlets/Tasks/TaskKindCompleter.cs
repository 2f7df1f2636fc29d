using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Tasks;

/// <summary>Completes -Kind with the kinds of tasks.</summary>
public sealed class TaskKindCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionResults.GetMatches(wordToComplete, TaskKind.Known.Select(kind => (kind.Name, "")));
}
