using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Completes the versions of the sandbox.</summary>
public sealed class SandboxVersionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        EmbeddedSandbox.ServerVersions.Where(version => version.StartsWith(wordToComplete ?? "", StringComparison.Ordinal)).Select(version => new CompletionResult(version));
}
