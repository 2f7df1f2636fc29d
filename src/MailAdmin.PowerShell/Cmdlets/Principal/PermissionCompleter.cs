using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Completes names of permissions from what the server reported at sign-in.</summary>
public sealed class PermissionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionResults.GetMatches(wordToComplete, CompletionConnection.Find(commandAst, fakeBoundParameters)?.Permission.Select(p => (p, "")) ?? []);
}
