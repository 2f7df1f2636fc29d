using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>Completes -Connection and -Name with the names of open connections.</summary>
public sealed class ConnectionNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionResults.GetMatches(
            wordToComplete,
            RunspaceConnections.Find(Runspace.DefaultRunspace)?.OpenConnections.Select(c => (c.Name, $"{c.Uri} as {c.UserName}")) ?? []);
}
