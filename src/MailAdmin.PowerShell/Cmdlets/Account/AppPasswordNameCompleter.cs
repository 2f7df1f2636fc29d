using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Completes names of the signed-in account's app passwords. Offers nothing without a connection, or when the server takes longer than two seconds.</summary>
public sealed class AppPasswordNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "app passwords", FetchAsync).Select(name => (name, "")));

    private static async Task<IReadOnlyList<string>> FetchAsync(MailClient client, CancellationToken cancellationToken) =>
        [.. (await client.Account.GetAuthAsync(cancellationToken).ConfigureAwait(false)).AppPassword.Select(appPassword => appPassword.Name).Distinct()];
}
