using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// Completes names of principals of the type that the parameter takes. Offers nothing without a connection, or when the server takes longer than
/// two seconds.
/// </summary>
public sealed class PrincipalNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        PrincipalType[] types = SignsIn(commandName) ? [PrincipalType.Individual, PrincipalType.ApiKey] : GetTypes(parameterName);
        if (types.Length == 0 && PrincipalType.TryParse(fakeBoundParameters["Type"] as string, out PrincipalType requested))
        {
            types = [requested];
        }
        IReadOnlyList<string> names = CompletionCache.GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "principals " + string.Join(',', types), (client, token) => FetchAsync(client, types, token));
        return CompletionResults.GetMatches(wordToComplete, names.Select(name => (name, "")));
    }

    private static bool SignsIn(string command) =>
        command.StartsWith("Enable-", StringComparison.OrdinalIgnoreCase) || command.StartsWith("Disable-", StringComparison.OrdinalIgnoreCase);

    private static PrincipalType[] GetTypes(string parameter) => parameter switch
    {
        _ when parameter.EndsWith("MemberOf", StringComparison.OrdinalIgnoreCase) => [PrincipalType.Group],
        _ when parameter.EndsWith("Role", StringComparison.OrdinalIgnoreCase) => [PrincipalType.Role],
        _ when parameter.EndsWith("List", StringComparison.OrdinalIgnoreCase) => [PrincipalType.List],
        _ when parameter.EndsWith("Domain", StringComparison.OrdinalIgnoreCase) => [PrincipalType.Domain],
        _ when parameter.EndsWith("Tenant", StringComparison.OrdinalIgnoreCase) => [PrincipalType.Tenant],
        _ when parameter.EndsWith("Account", StringComparison.OrdinalIgnoreCase) => [PrincipalType.Individual, PrincipalType.Group],
        _ when parameter.EndsWith("Member", StringComparison.OrdinalIgnoreCase) => [PrincipalType.Individual, PrincipalType.Group],
        _ => [],
    };

    private static async Task<IReadOnlyList<string>> FetchAsync(MailClient client, PrincipalType[] types, CancellationToken cancellationToken)
    {
        // Older servers do not list the built-in roles, and later ones list some of them in other letters.
        List<string> names = types is [var only] && only == PrincipalType.Role ? [.. BuiltInRoles.Names] : [];
        var builtIn = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var query = new PrincipalQuery { Types = types, Fields = [PrincipalField.Name], InOneRequest = true };
        await foreach (MailPrincipal principal in client.Principals.ListAsync(query, null, cancellationToken).ConfigureAwait(false))
        {
            if (!builtIn.Contains(principal.Name))
            {
                names.Add(principal.Name);
            }
        }
        // A server from 0.16 on lists by ids.
        names.Sort(StringComparer.OrdinalIgnoreCase);
        return names;
    }
}
