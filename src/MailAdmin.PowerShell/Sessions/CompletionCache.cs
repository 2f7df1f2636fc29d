using System.Runtime.CompilerServices;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>
/// Fetches candidates of a completer from the connected server, and keeps them for a few seconds. Returns nothing without a connection, after two
/// seconds, and on any error.
/// </summary>
internal static class CompletionCache
{
    private static readonly TimeSpan s_fetchTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_cacheLifetime = TimeSpan.FromSeconds(15);
    private static readonly ConditionalWeakTable<MailClient, Dictionary<string, (DateTimeOffset At, object Found)>> s_cache = [];

    /// <summary>What <paramref name="fetch"/> finds on the connection, or found some seconds ago under the same key.</summary>
    public static IReadOnlyList<T> GetOrFetch<T>(MailConnection? connection, string key, Func<MailClient, CancellationToken, Task<IReadOnlyList<T>>> fetch)
    {
        if (connection is not { IsOpen: true })
        {
            return [];
        }
        MailClient client = connection.Client;
        Dictionary<string, (DateTimeOffset At, object Found)> cache = s_cache.GetOrCreateValue(client);
        lock (cache)
        {
            if (cache.TryGetValue(key, out (DateTimeOffset At, object Found) known) && client.Time.GetUtcNow() - known.At < s_cacheLifetime)
            {
                return (IReadOnlyList<T>)known.Found;
            }
        }
        IReadOnlyList<T> found = Fetch(client, fetch);
        lock (cache)
        {
            cache[key] = (client.Time.GetUtcNow(), found);
        }
        return found;
    }

    private static IReadOnlyList<T> Fetch<T>(MailClient client, Func<MailClient, CancellationToken, Task<IReadOnlyList<T>>> fetch)
    {
        using var limit = new CancellationTokenSource(s_fetchTimeout);
        CancellationToken token = limit.Token;
        try
        {
            // A thread of the pool waits, so that a slow server cannot hold the prompt longer than the limit.
            Task<IReadOnlyList<T>> fetching = Task.Run(() => fetch(client, token), token);
            return fetching.Wait(s_fetchTimeout) ? fetching.Result : [];
        }
        catch (AggregateException)
        {
            return [];
        }
    }
}
