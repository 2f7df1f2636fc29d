// The server's limit of 1,000 calls a minute, whose windows begin with the minutes of the clock.
namespace MailAdmin.Client.Http;

/// <summary>
/// Counts the calls of a clock minute and says how long the next one must wait: none for the first half of the budget, so that short
/// jobs run at full speed; then what is left is spread evenly over what is left of the minute.
/// </summary>
internal sealed class MinuteBudget
{
    /// <summary>What the server grants.</summary>
    public const int Limit = 1000;

    /// <summary>What is used of it: calls under way at the turn of a minute count in the next one.</summary>
    public const int Usable = Limit - (Limit / 50);

    /// <summary>How many go at full speed.</summary>
    public const int Burst = Usable / 2;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private DateTimeOffset _minute;
    private DateTimeOffset _last;
    private int _used;

    /// <summary>How many calls of this minute are spent.</summary>
    public int Used => _used;

    /// <summary>The start of the minute after <paramref name="now"/>.</summary>
    public static DateTimeOffset NextMinute(DateTimeOffset now) => StartOf(now) + s_minute;

    /// <summary>How long the next call must wait. Zero: it may go, and <see cref="Take"/> says that it does.</summary>
    public TimeSpan WaitFor(DateTimeOffset now)
    {
        Turn(now);
        DateTimeOffset next = NextMinute(now);
        if (_used < Burst)
        {
            return TimeSpan.Zero;
        }
        if (_used >= Usable)
        {
            return next - now;
        }
        // The last slot ends with the minute, so what is left of the time is divided by one more than what is left of the calls.
        TimeSpan step = (next - _last) / (Usable - _used + 1);
        TimeSpan wait = _last + step - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Counts a call.</summary>
    public void Take(DateTimeOffset now)
    {
        Turn(now);
        _used++;
        _last = now;
    }

    /// <summary>How long <paramref name="calls"/> calls take from the start of a minute.</summary>
    public static TimeSpan? Estimate(long calls)
    {
        if (calls <= Burst)
        {
            return null;
        }
        (long minutes, long rest) = Math.DivRem(calls, Usable);
        double part = rest <= Burst ? 0 : (double)(rest - Burst) / (Usable - Burst);
        return (minutes + part) * s_minute;
    }

    private void Turn(DateTimeOffset now)
    {
        DateTimeOffset minute = StartOf(now);
        if (minute > _minute)
        {
            (_minute, _used, _last) = (minute, 0, minute);
        }
    }

    private static DateTimeOffset StartOf(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
