using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>
/// Completes the ids of the objects of the type that the line names, with what people call them. Offers nothing without a connection, or when the server takes more than two
/// seconds.
/// </summary>
public sealed class ObjectIdCompleter : IArgumentCompleter
{
    private const int MaxIds = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        ObjectPropertyCompleter.FindType(fakeBoundParameters) is { } type
            ? CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "object ids " + type, (client, token) => FetchAsync(client, type, token))
                .Where(item => IsMeant(item, CompletionResults.GetTyped(wordToComplete)))
                .Select(item => (item.Id, Shown: DisplayText.Clean(item.ToString())))
                .Select(item => new CompletionResult(item.Id, item.Shown, CompletionResultType.ParameterValue, item.Shown))
            : [];

    // By its id, or by what people call it.
    private static bool IsMeant(MailObject item, string typed) =>
        item.Id.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || item.ToString().Contains($"'{typed}", StringComparison.OrdinalIgnoreCase);

    private static async Task<IReadOnlyList<MailObject>> FetchAsync(MailClient client, string type, CancellationToken cancellationToken)
    {
        var found = new List<MailObject>();
        await foreach (MailObject item in client.Objects.ListAsync(new ObjectQuery(type), cancellationToken).ConfigureAwait(false))
        {
            found.Add(item);
            if (found.Count == MaxIds)
            {
                break;
            }
        }
        return found;
    }
}
