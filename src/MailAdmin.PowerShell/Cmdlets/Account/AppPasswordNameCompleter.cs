// Completes names of the signed-in account's app passwords.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Completes names of app passwords. Silent without a connection, and after two seconds.</summary>
public sealed class AppPasswordNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "app passwords", FetchAsync).Select(name => (name, "")));

    private static async Task<IReadOnlyList<string>> FetchAsync(MailClient client, CancellationToken cancellationToken) =>
        [.. (await client.Account.GetAuthAsync(cancellationToken).ConfigureAwait(false)).AppPassword.Select(held => held.Name).Distinct()];
}
