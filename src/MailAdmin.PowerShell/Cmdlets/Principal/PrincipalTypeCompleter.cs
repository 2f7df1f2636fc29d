using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Completes -Type with the types of principals that the server has; without a connection, with all.</summary>
public sealed class PrincipalTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<PrincipalType> types = CompletionConnection.Find(commandAst, fakeBoundParameters) is { IsOpen: true } connection ? connection.Client.Principals.Types : PrincipalType.Known;
        return CompletionResults.GetMatches(wordToComplete, types.Select(type => (type.Name, "")));
    }
}
