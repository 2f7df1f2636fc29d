using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Dkim;

/// <summary>Completes ids of DKIM signatures from the connected server. Offers nothing without a connection, or when the server takes more than two seconds.</summary>
public sealed class DkimIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        => CompletionResults.GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "dkim", FetchAsync).Select(id => (id, "")));

    private static async Task<IReadOnlyList<string>> FetchAsync(MailClient client, CancellationToken cancellationToken)
        => await client.Dkim.ListIdsAsync(cancellationToken).ConfigureAwait(false);
}
