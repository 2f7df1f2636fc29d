namespace MailAdmin.Client.Http;

/// <summary>
/// The server's limit of 1,000 calls a minute, whose windows begin with the minutes of the clock: counts the calls of a clock minute and
/// says how long the next one must wait. The first half of the budget does not wait, so that short jobs run at full speed; the rest is
/// spread evenly over the rest of the minute.
/// </summary>
internal sealed class MinuteBudget
{
    /// <summary>What the server allows.</summary>
    public const int MaxCallsPerMinute = 1000;

    /// <summary>What is used of it: calls in progress when a minute ends count in the next one.</summary>
    public const int UsableCalls = MaxCallsPerMinute - (MaxCallsPerMinute / 50);

    /// <summary>How many calls go at full speed.</summary>
    public const int BurstCalls = UsableCalls / 2;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private DateTimeOffset _minute;
    private DateTimeOffset _last;
    private int _used;

    /// <summary>The start of the minute after <paramref name="now"/>.</summary>
    public static DateTimeOffset GetNextMinute(DateTimeOffset now) => GetMinuteStart(now) + s_minute;

    /// <summary>How long the next call must wait. Zero: it may go; report it with <see cref="RecordCall"/>.</summary>
    public TimeSpan GetDelay(DateTimeOffset now)
    {
        StartMinuteIfNew(now);
        DateTimeOffset next = GetNextMinute(now);
        if (_used < BurstCalls)
        {
            return TimeSpan.Zero;
        }
        if (_used >= UsableCalls)
        {
            return next - now;
        }
        // The last slot ends with the minute, so what is left of the time is divided by one more than what is left of the calls.
        TimeSpan step = (next - _last) / (UsableCalls - _used + 1);
        TimeSpan wait = _last + step - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Counts a call.</summary>
    public void RecordCall(DateTimeOffset now)
    {
        StartMinuteIfNew(now);
        _used++;
        _last = now;
    }

    /// <summary>How long <paramref name="calls"/> calls take from the start of a minute.</summary>
    public static TimeSpan? EstimateDuration(long calls)
    {
        if (calls <= BurstCalls)
        {
            return null;
        }
        (long minutes, long rest) = Math.DivRem(calls, UsableCalls);
        double part = rest <= BurstCalls ? 0 : (double)(rest - BurstCalls) / (UsableCalls - BurstCalls);
        return (minutes + part) * s_minute;
    }

    private void StartMinuteIfNew(DateTimeOffset now)
    {
        DateTimeOffset minute = GetMinuteStart(now);
        if (minute > _minute)
        {
            (_minute, _used, _last) = (minute, 0, minute);
        }
    }

    private static DateTimeOffset GetMinuteStart(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
