// Completes names of principals from the connected server: quickly, or not at all.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using MailAdmin.Client;
using MailAdmin.Client.Models;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes names of the kind that the parameter takes. Silent without a connection, and after two seconds.</summary>
public sealed class PrincipalNameCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);
    private static readonly ConditionalWeakTable<MailClient, Dictionary<string, (DateTimeOffset At, string[] Names)>> Cache = [];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        MailConnection? connection = fakeBoundParameters["Connection"] as MailConnection ?? RunspaceConnections.For(Runspace.DefaultRunspace)?.Default;
        if (connection is not { IsOpen: true })
        {
            return [];
        }
        PrincipalType[] types = Kinds(parameterName);
        if (types.Length == 0 && PrincipalType.TryParse(fakeBoundParameters["Type"] as string, out PrincipalType asked))
        {
            types = [asked];
        }
        string[] builtIn = types is [var only] && only == PrincipalType.Role ? ["admin", "tenant-admin", "user"] : [];
        return Completion.Matching(wordToComplete, builtIn.Concat(Names(connection.Client, types)).Select(n => (n, "")));
    }

    private static PrincipalType[] Kinds(string parameter) => parameter switch
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

    private static string[] Names(MailClient client, PrincipalType[] types)
    {
        string key = string.Join(',', types);
        Dictionary<string, (DateTimeOffset At, string[] Names)> cache = Cache.GetOrCreateValue(client);
        lock (cache)
        {
            if (cache.TryGetValue(key, out (DateTimeOffset At, string[] Names) known) && client.Time.GetUtcNow() - known.At < Freshness)
            {
                return known.Names;
            }
        }
        string[] names = Fetch(client, types);
        lock (cache)
        {
            cache[key] = (client.Time.GetUtcNow(), names);
        }
        return names;
    }

    private static string[] Fetch(MailClient client, PrincipalType[] types)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            // A thread of the pool waits, so that a slow server cannot hold the prompt longer than the limit.
            Task<string[]> fetching = Task.Run(() => FetchAsync(client, types, limit.Token), limit.Token);
            return fetching.Wait(Patience) ? fetching.Result : [];
        }
        catch (AggregateException)
        {
            // Completion stays silent whatever goes wrong.
            return [];
        }
    }

    private static async Task<string[]> FetchAsync(MailClient client, PrincipalType[] types, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var query = new PrincipalQuery { Types = types, Fields = [PrincipalField.Name], InOneRequest = true };
        await foreach (MailPrincipal principal in client.Principals.ListAsync(query, null, cancellationToken).ConfigureAwait(false))
        {
            names.Add(principal.Name);
        }
        return [.. names];
    }
}
