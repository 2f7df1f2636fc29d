using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Completes keys for -Key, and prefixes, one level at a time, for -Prefix and -Group, from the connected server. Offers nothing without a connection, or when the server takes more than two seconds.</summary>
public sealed class SettingKeyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = CompletionResults.GetTyped(wordToComplete);
        // Everything under the last dot comes in one response, so that typing on needs no new request.
        string? parentPrefix = typed.LastIndexOf('.') is > 0 and int dot && typed[..dot].Trim('.').Length > 0 ? typed[..dot] : null;
        IReadOnlyList<string> keys = CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "settings " + parentPrefix, (client, token) => FetchAsync(client, parentPrefix, token));
        return CompletionResults.GetMatches(wordToComplete, parameterName is "Key" ? keys.Select(key => (key, "")) : GetPrefixes(keys, parentPrefix).Select(prefix => (prefix, "")));
    }

    private static IEnumerable<string> GetPrefixes(IReadOnlyList<string> keys, string? parentPrefix)
    {
        int start = parentPrefix is null ? 0 : parentPrefix.TrimEnd('.').Length + 1;
        return keys.Where(key => key.Length > start).Select(key => key.IndexOf('.', start) is > 0 and int end ? key[..end] : "").Where(prefix => prefix.Length > 0).Distinct();
    }

    // The server sends the values too; they are dropped.
    private static async Task<IReadOnlyList<string>> FetchAsync(MailClient client, string? parentPrefix, CancellationToken cancellationToken)
        => [.. (await client.Settings.ListAsync(parentPrefix, null, cancellationToken).ConfigureAwait(false)).Items.Select(setting => setting.Key)];
}
