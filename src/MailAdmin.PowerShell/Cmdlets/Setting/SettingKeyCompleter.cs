// Completes keys and prefixes of settings from the connected server.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>Completes keys for -Key, and prefixes, a level at a time, for -Prefix and -Group. Silent without a connection, and after two seconds.</summary>
public sealed class SettingKeyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        // Everything below the last dot is one answer of the server, and the next key typed asks for nothing new.
        string? below = typed.LastIndexOf('.') is > 0 and int dot && typed[..dot].Trim('.').Length > 0 ? typed[..dot] : null;
        IReadOnlyList<string> keys = CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "settings " + below, (client, token) => FetchAsync(client, below, token));
        return CompletionResults.GetMatches(wordToComplete, parameterName is "Key" ? keys.Select(key => (key, "")) : GetPrefixes(keys, below).Select(prefix => (prefix, "")));
    }

    private static IEnumerable<string> GetPrefixes(IReadOnlyList<string> keys, string? below)
    {
        int start = below is null ? 0 : below.TrimEnd('.').Length + 1;
        return keys.Where(key => key.Length > start).Select(key => key.IndexOf('.', start) is > 0 and int end ? key[..end] : "").Where(prefix => prefix.Length > 0).Distinct();
    }

    // The values that come along are dropped here.
    private static async Task<IReadOnlyList<string>> FetchAsync(MailClient client, string? below, CancellationToken cancellationToken)
        => [.. (await client.Settings.ListAsync(below, null, cancellationToken).ConfigureAwait(false)).Items.Select(setting => setting.Key)];
}
