using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Completes what the named principal has: its addresses, the external members of a list, or its URLs.</summary>
public sealed class PrincipalItemCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (fakeBoundParameters[nameof(PrincipalTargetCmdlet.Identity)] is not string identity)
        {
            return [];
        }
        IReadOnlyList<MailPrincipal> found = CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "principal " + identity, (client, token) => FetchAsync(client, identity, token));
        return CompletionResults.GetMatches(wordToComplete, found.SelectMany(principal => GetItems(parameterName, principal)).Select(item => (item, "")));
    }

    private static IEnumerable<string> GetItems(string parameter, MailPrincipal principal) => parameter switch
    {
        _ when parameter.EndsWith("ExternalMember", StringComparison.OrdinalIgnoreCase) => principal.ExternalMember,
        _ when parameter.StartsWith("Enable", StringComparison.OrdinalIgnoreCase) => principal.DisabledEmail,
        _ when parameter.EndsWith("Url", StringComparison.OrdinalIgnoreCase) => principal.Url,
        // Where addresses can be switched off, the name is the primary one, and stays.
        _ when principal.DisabledEmail is null => principal.Email,
        _ when parameter.StartsWith("Primary", StringComparison.OrdinalIgnoreCase) => null,
        _ => principal.Email?.Where(address => !MailAddress.Comparer.Equals(address, principal.Name)),
    } ?? [];

    private static async Task<IReadOnlyList<MailPrincipal>> FetchAsync(MailClient client, string identity, CancellationToken cancellationToken) =>
        await client.Principals.FindAsync(identity, cancellationToken).ConfigureAwait(false) is { } found ? [found] : [];
}
