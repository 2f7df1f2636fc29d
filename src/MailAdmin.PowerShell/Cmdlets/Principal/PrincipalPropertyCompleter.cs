using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Completes -Property of Get-MailPrincipal with the property names of MailPrincipal.</summary>
public sealed class PrincipalPropertyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionResults.GetMatches(wordToComplete, PrincipalProperty.Names.Select(n => (n, "")));
}
