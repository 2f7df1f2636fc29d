namespace MailAdmin.Sandbox.Limits;

/// <summary>Counts calls in fixed windows that are aligned to the clock, not to the first call.</summary>
internal sealed class RateLimiter<TKey>(TimeProvider clock, int limit, TimeSpan window)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, int> counts = [];
    private long current;

    /// <summary>Counts one more and tells whether it is still within the limit.</summary>
    public bool TryCount(TKey key)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow().Ticks / window.Ticks;
            if (now != current)
            {
                current = now;
                counts.Clear();
            }

            var count = counts.GetValueOrDefault(key) + 1;
            counts[key] = count;
            return count <= limit;
        }
    }
}
