using System.Globalization;

namespace MailAdmin.Client;

/// <summary>
/// How views write times, sizes and numbers: in one form in every view, culture and calendar, and in a width that is known, so that no column cuts one.
/// Null becomes nothing.
/// </summary>
public static class ViewText
{
    /// <summary>The time on the clock of this machine, to the minute: <c>2026-11-30 09:00</c>.</summary>
    /// <param name="time">The time.</param>
    public static string? Time(DateTimeOffset? time) => Format(time?.ToLocalTime(), "yyyy-MM-dd HH:mm");

    /// <summary>The time on the clock of this machine, to the second: <c>2026-11-30 09:00:00</c>.</summary>
    /// <param name="time">The time.</param>
    public static string? TimeWithSeconds(DateTimeOffset? time) => Format(time?.ToLocalTime(), "yyyy-MM-dd HH:mm:ss");

    /// <summary>The day in UTC, by which reports count: <c>2026-11-30</c>.</summary>
    /// <param name="time">A time of that day.</param>
    public static string? Day(DateTimeOffset? time) => Format(time?.ToUniversalTime(), "yyyy-MM-dd");

    /// <summary>The day on the calendar of this machine: <c>2026-11-30</c>.</summary>
    /// <param name="time">A time of that day.</param>
    public static string? LocalDay(DateTimeOffset? time) => Format(time?.ToLocalTime(), "yyyy-MM-dd");

    /// <summary>A size with its unit, in ten characters at most: <c>1.5 GB</c>, <c>0 bytes</c>.</summary>
    /// <param name="bytes">The size.</param>
    public static string? Size(long? bytes) => bytes switch
    {
        null => null,
        0 => "0 bytes",
        { } size => ByteSize.Format(size),
    };

    /// <summary>A duration in eight characters at most, with the unit that leaves a readable number: <c>12 ms</c>, <c>1.5 s</c>, <c>2.5 min</c>, <c>3.1 h</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string? Elapsed(TimeSpan? duration) => duration switch
    {
        null => null,
        { TotalSeconds: < 1 } short_ => Invariant($"{short_.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } seconds => Invariant($"{seconds.TotalSeconds:0.#} s"),
        { TotalHours: < 2 } minutes => Invariant($"{minutes.TotalMinutes:0.#} min"),
        { TotalDays: < 2 } hours => Invariant($"{hours.TotalHours:0.#} h"),
        { } days => Invariant($"{days.TotalDays:0.#} d"),
    };

    /// <summary>
    /// A count or a measurement in ten characters at most: its digits, and thousands of millions (<c>17.18 G</c>) or millions of millions (<c>18446744 T</c>) where it has more than ten.
    /// </summary>
    /// <param name="number">The number.</param>
    public static string? Number(double? number) => number switch
    {
        null => null,
        // No count is so large.
        { } beyond when Math.Abs(beyond) >= 99_999_999.5e12 || beyond <= -9_999_999.5e12 => Invariant($"{beyond:0.##E+0}"),
        { } huge when Math.Abs(huge) >= 9_999.995e12 => Invariant($"{huge / 1e12:0} T"),
        { } huge when Math.Abs(huge) >= 9_999.995e9 => Invariant($"{huge / 1e12:0.##} T"),
        { } large when Math.Abs(large) >= 9_999_999_999.5 => Invariant($"{large / 1e9:0.##} G"),
        { } whole when whole == Math.Truncate(whole) => Invariant($"{whole:0}"),
        { } fraction when Math.Abs(fraction) >= 9_999_999.95 => Invariant($"{fraction:0}"),
        { } fraction => Invariant($"{fraction:0.00}"),
    };

    /// <summary>A score of the spam filter: <c>-1.50</c>.</summary>
    /// <param name="score">The score.</param>
    public static string? Score(double? score) => score is { } value ? Invariant($"{value:0.00}") : null;

    private static string? Format(DateTimeOffset? time, string format) => time?.ToString(format, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
