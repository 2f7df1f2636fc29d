// What completers ask the server: quickly or not at all, and not again for a while.
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using MailAdmin.Client;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Fetches candidates for completion: at most two seconds, kept for fifteen, silent whatever goes wrong.</summary>
internal static class QuickFetch
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);
    private static readonly ConditionalWeakTable<MailClient, Dictionary<string, (DateTimeOffset At, string[] Found)>> Cache = [];

    /// <summary>The client that the command line would use, or null.</summary>
    public static MailClient? Client(System.Collections.IDictionary fakeBoundParameters)
    {
        MailConnection? connection = fakeBoundParameters["Connection"] as MailConnection ?? RunspaceConnections.For(Runspace.DefaultRunspace)?.Default;
        return connection is { IsOpen: true } ? connection.Client : null;
    }

    /// <summary>What was fetched under this name a moment ago, or what <paramref name="fetch"/> brings in time.</summary>
    public static string[] Get(MailClient client, string name, Func<CancellationToken, Task<string[]>> fetch)
    {
        Dictionary<string, (DateTimeOffset At, string[] Found)> cache = Cache.GetOrCreateValue(client);
        lock (cache)
        {
            if (cache.TryGetValue(name, out (DateTimeOffset At, string[] Found) known) && client.Time.GetUtcNow() - known.At < Freshness)
            {
                return known.Found;
            }
        }
        string[] found = Fetch(fetch);
        lock (cache)
        {
            cache[name] = (client.Time.GetUtcNow(), found);
        }
        return found;
    }

    private static string[] Fetch(Func<CancellationToken, Task<string[]>> fetch)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            // A thread of the pool waits, so that a slow server cannot hold the prompt longer than the limit.
            Task<string[]> fetching = Task.Run(() => fetch(limit.Token), limit.Token);
            return fetching.Wait(Patience) ? fetching.Result : [];
        }
        catch (AggregateException)
        {
            return [];
        }
    }
}
