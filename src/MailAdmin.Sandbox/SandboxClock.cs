namespace MailAdmin.Sandbox;

/// <summary>The sandbox's time: that of another clock plus what it was advanced. Advancing fires the timers that become due.</summary>
public sealed class SandboxClock : TimeProvider
{
    private readonly TimeProvider below;
    private readonly Lock gate = new();
    private readonly HashSet<SandboxTimer> armed = [];
    private long advancedTicks;

    /// <summary>Makes a clock that shows the time of <paramref name="below"/>, the system's by default.</summary>
    public SandboxClock(TimeProvider? below = null) => this.below = below ?? System;

    /// <summary>How far the clock is ahead of the one below.</summary>
    public TimeSpan Advanced => TimeSpan.FromTicks(Volatile.Read(ref advancedTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => below.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => below.GetUtcNow() + Advanced;

    /// <inheritdoc/>
    public override long GetTimestamp() =>
        below.GetElapsedTime(0).Ticks + Volatile.Read(ref advancedTicks);

    /// <summary>Moves the clock on and fires, in order, every timer that becomes due on the way.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetTimestamp() + by.Ticks;
        while (NextDue(target) is { } timer)
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
        var missing = timestamp - GetTimestamp();
        if (missing > 0)
            Interlocked.Add(ref advancedTicks, missing);
    }

    private SandboxTimer? NextDue(long target)
    {
        lock (gate)
        {
            SandboxTimer? next = null;
            foreach (var timer in armed)
            {
                if (timer.DueAt <= target && (next is null || timer.DueAt < next.DueAt))
                    next = timer;
            }

            return next;
        }
    }

    /// <summary>A timer of the clock below that the sandbox's clock can also ring early.</summary>
    private sealed class SandboxTimer : ITimer
    {
        private readonly SandboxClock clock;
        private readonly TimerCallback callback;
        private readonly object? state;
        private readonly ITimer inner;
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public SandboxTimer(SandboxClock clock, TimerCallback callback, object? state)
        {
            this.clock = clock;
            this.callback = callback;
            this.state = state;
            inner = clock.below.CreateTimer(static self => ((SandboxTimer)self!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public long DueAt { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                this.period = period;
                Arm(dueTime);
            }

            return inner.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        /// <summary>The clock below rings: a moment early by its resolution is near enough, long before is an alarm since put off.</summary>
        private void Ring()
        {
            var left = DueAt - clock.GetTimestamp();
            if (left <= TimeSpan.TicksPerMillisecond * 20)
                Fire();
            else if (DueAt != long.MaxValue)
                inner.Change(TimeSpan.FromTicks(left), Timeout.InfiniteTimeSpan);
        }

        /// <summary>Fires once for the time that is due; whoever comes second, the clock below or an advance, finds nothing to do.</summary>
        public void Fire()
        {
            lock (clock.gate)
            {
                if (!clock.armed.Contains(this))
                    return;

                if (period > TimeSpan.Zero)
                {
                    Arm(period);
                    inner.Change(period, Timeout.InfiniteTimeSpan);
                }
                else
                {
                    Arm(Timeout.InfiniteTimeSpan);
                }
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (clock.gate)
                Arm(Timeout.InfiniteTimeSpan);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            lock (clock.gate)
                Arm(Timeout.InfiniteTimeSpan);
            return inner.DisposeAsync();
        }

        private void Arm(TimeSpan dueTime)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                DueAt = long.MaxValue;
                clock.armed.Remove(this);
            }
            else
            {
                DueAt = clock.GetTimestamp() + dueTime.Ticks;
                clock.armed.Add(this);
            }
        }
    }
}
