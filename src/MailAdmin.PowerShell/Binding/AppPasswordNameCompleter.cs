// Completes names of the signed-in account's app passwords.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using MailAdmin.Client;
using MailAdmin.Client.Models.Account;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes names of app passwords. Silent without a connection, and after two seconds.</summary>
public sealed class AppPasswordNameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        MailConnection? connection = fakeBoundParameters["Connection"] as MailConnection ?? RunspaceConnections.For(Runspace.DefaultRunspace)?.Default;
        return connection is { IsOpen: true }
            ? Completion.Matching(wordToComplete, Fetch(connection.Client).Select(held => (held.Name, held.CreatedAt is { } at ? $"{at.ToLocalTime():g}" : held.RawName)))
            : [];
    }

    private static IReadOnlyList<MailAppPasswordName> Fetch(MailClient client)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Task<MailAccountAuth> fetching = Task.Run(() => client.Account.GetAuthAsync(limit.Token), limit.Token);
            return fetching.Wait(Patience) ? fetching.Result.AppPassword : [];
        }
        catch (AggregateException)
        {
            // Completion stays silent whatever goes wrong.
            return [];
        }
    }
}
