// Completes names of permissions from what the server reported at sign-in.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Completes names of permissions.</summary>
public sealed class PermissionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        MailConnection? connection = fakeBoundParameters["Connection"] as MailConnection ?? RunspaceConnections.Find(Runspace.DefaultRunspace)?.Default;
        return CompletionResults.GetMatches(wordToComplete, connection?.Permission.Select(p => (p, "")) ?? []);
    }
}
