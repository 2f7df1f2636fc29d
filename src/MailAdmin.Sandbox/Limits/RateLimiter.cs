namespace MailAdmin.Sandbox.Limits;

/// <summary>Counts calls in fixed windows that are aligned to the clock, not to the first call.</summary>
internal sealed class RateLimiter<TKey>(TimeProvider clock, int limit, TimeSpan window)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, int> _counts = [];
    private long _currentWindow;

    public int Limit => limit;

    /// <summary>The seconds until the counts begin anew.</summary>
    public int SecondsLeft => (int)Math.Ceiling(TimeSpan.FromTicks(window.Ticks - (clock.GetUtcNow().Ticks % window.Ticks)).TotalSeconds);

    /// <summary>Counts one call; true if it is within the limit.</summary>
    public bool TryAcquire(TKey key)
    {
        lock (_gate)
        {
            long now = clock.GetUtcNow().Ticks / window.Ticks;
            if (now != _currentWindow)
            {
                _currentWindow = now;
                _counts.Clear();
            }

            int count = _counts.GetValueOrDefault(key) + 1;
            _counts[key] = count;
            return count <= limit;
        }
    }

    /// <summary>Forgets all counts.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _counts.Clear();
        }
    }
}
