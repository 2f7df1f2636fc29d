// The server's limit of 1,000 calls a minute, whose windows begin with the minutes of the clock.
namespace MailAdmin.Client.Http;

/// <summary>
/// Counts the calls of a clock minute and says how long the next one must wait: none for the first half of the budget, so that short
/// jobs run at full speed; then what is left is spread evenly over what is left of the minute.
/// </summary>
internal sealed class MinuteBudget
{
    /// <summary>What the server grants.</summary>
    public const int MaxCallsPerMinute = 1000;

    /// <summary>What is used of it: calls under way at the turn of a minute count in the next one.</summary>
    public const int UsableCalls = MaxCallsPerMinute - (MaxCallsPerMinute / 50);

    /// <summary>How many go at full speed.</summary>
    public const int BurstCalls = UsableCalls / 2;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private DateTimeOffset _minute;
    private DateTimeOffset _last;
    private int _used;

    /// <summary>How many calls of this minute are spent.</summary>
    public int UsedCalls => _used;

    /// <summary>The start of the minute after <paramref name="now"/>.</summary>
    public static DateTimeOffset GetNextMinute(DateTimeOffset now) => GetMinuteStart(now) + s_minute;

    /// <summary>How long the next call must wait. Zero: it may go, and <see cref="RecordCall"/> says that it does.</summary>
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
