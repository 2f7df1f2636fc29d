namespace MailAdmin.Sandbox;

/// <summary>The sandbox's clock: the time of another clock plus an offset. Advancing it fires the timers that become due.</summary>
public sealed class SandboxClock : TimeProvider
{
    private readonly TimeProvider _source;
    private readonly Lock _gate = new();
    private readonly HashSet<SandboxTimer> _armed = [];
    private long _advancedTicks;

    /// <summary>Creates a clock that follows <paramref name="source"/>, the system's by default.</summary>
    public SandboxClock(TimeProvider? source = null) => _source = source ?? System;

    /// <summary>How far it is ahead of its source.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref _advancedTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _source.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _source.GetUtcNow() + Offset;

    /// <inheritdoc/>
    public override long GetTimestamp() =>
        _source.GetElapsedTime(0).Ticks + Volatile.Read(ref _advancedTicks);

    /// <summary>Advances the clock and fires, in order, every timer that becomes due.</summary>
    /// <param name="delta">How far; not negative.</param>
    public void Advance(TimeSpan delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        long target = GetTimestamp() + delta.Ticks;
        while (FindNextDue(target) is { } timer)
        {
            MoveTo(timer.DueAt);
            timer.Fire();
        }

        MoveTo(target);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SandboxTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void MoveTo(long timestamp)
    {
        long missing = timestamp - GetTimestamp();
        if (missing > 0)
        {
            Interlocked.Add(ref _advancedTicks, missing);
        }
    }

    private SandboxTimer? FindNextDue(long target)
    {
        lock (_gate)
        {
            SandboxTimer? next = null;
            foreach (SandboxTimer timer in _armed)
            {
                if (timer.DueAt <= target && (next is null || timer.DueAt < next.DueAt))
                {
                    next = timer;
                }
            }

            return next;
        }
    }

    /// <summary>A timer of the source that the sandbox's clock can also fire early.</summary>
    private sealed class SandboxTimer : ITimer
    {
        private readonly SandboxClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _inner;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public SandboxTimer(SandboxClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            _inner = clock._source.CreateTimer(static self => ((SandboxTimer)self!).OnSourceTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public long DueAt { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_clock._gate)
            {
                _period = period;
                Arm(dueTime);
            }

            return _inner.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        /// <summary>The source fired: early by no more than its resolution is due; long before the due time, the timer has since been postponed.</summary>
        private void OnSourceTimer()
        {
            long left = DueAt - _clock.GetTimestamp();
            if (left <= TimeSpan.TicksPerMillisecond * 20)
            {
                Fire();
            }
            else if (DueAt != long.MaxValue)
            {
                _inner.Change(TimeSpan.FromTicks(left), Timeout.InfiniteTimeSpan);
            }
        }

        /// <summary>Fires once for each due time; the second of the source and an advance finds nothing to do.</summary>
        public void Fire()
        {
            lock (_clock._gate)
            {
                if (!_clock._armed.Contains(this))
                {
                    return;
                }

                if (_period > TimeSpan.Zero)
                {
                    Arm(_period);
                    _inner.Change(_period, Timeout.InfiniteTimeSpan);
                }
                else
                {
                    Arm(Timeout.InfiniteTimeSpan);
                }
            }

            _callback(_state);
        }

        public void Dispose()
        {
            lock (_clock._gate)
            {
                Arm(Timeout.InfiniteTimeSpan);
            }

            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            lock (_clock._gate)
            {
                Arm(Timeout.InfiniteTimeSpan);
            }

            return _inner.DisposeAsync();
        }

        private void Arm(TimeSpan dueTime)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                DueAt = long.MaxValue;
                _clock._armed.Remove(this);
            }
            else
            {
                DueAt = _clock.GetTimestamp() + dueTime.Ticks;
                _clock._armed.Add(this);
            }
        }
    }
}
