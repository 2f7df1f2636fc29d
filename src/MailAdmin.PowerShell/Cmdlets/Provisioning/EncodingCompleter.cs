using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Completes the names of encodings.</summary>
public sealed class EncodingCompleter : IArgumentCompleter
{
    private static readonly string[] s_names = ["utf8", "utf8BOM", "unicode", "ansi", "oem", "windows-1252", "windows-1250", "windows-1251", "iso-8859-1", "macintosh"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        s_names.Where(name => name.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase)).Select(name => new CompletionResult(name));
}
