namespace MailAdmin.Client.Jmap;

/// <summary>
/// How many full sets may be on their way at once. A server does no more of several at once, so near it one is enough: the next gathers meanwhile. The further away it is,
/// the longer a set travels; then so many are on their way that the server always has one to work on. It has no clock: whoever sends the requests measures them.
/// Thread-safe.
/// </summary>
/// <param name="max">How many, at most.</param>
internal sealed class SetConcurrency(int max)
{
    private readonly Lock _lock = new();
    private TimeSpan _way = TimeSpan.MaxValue;
    private TimeSpan? _time;
    private volatile int _current = 1;

    /// <summary>How many may be on their way now.</summary>
    public int Current => _current;

    /// <summary>A request was answered.</summary>
    /// <param name="time">How long that took, with what it waited behind others in the server. The shortest time of all says how long the way to the server takes.</param>
    /// <param name="isFullSet">Whether it was a full set.</param>
    public void RecordAnswer(TimeSpan time, bool isFullSet)
    {
        lock (_lock)
        {
            _way = time < _way ? time : _way;
            if (isFullSet)
            {
                // Half of it is what the others took: one that is slow or quick by chance changes little.
                TimeSpan usual = _time is { } before ? (before + time) / 2 : time;
                _time = usual;
                _current = usual > _way ? Math.Clamp((int)Math.Round(usual / (usual - _way)), 1, max) : 1;
            }
        }
    }
}
