using System.Collections;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Finds values among what the server noted about an event.</summary>
internal static class TraceValues
{
    /// <summary>A value as text; null where there is none, or a list of several.</summary>
    public static string? GetText(IReadOnlyDictionary<string, object?> data, string key) => data.GetValueOrDefault(key) switch
    {
        null => null,
        string text => text,
        IList { Count: 1 } list => list[0] is { } item ? Format(item) : null,
        IList => null,
        var other => Format(other),
    };

    /// <summary>One text or several.</summary>
    public static StringList GetTexts(IReadOnlyDictionary<string, object?> data, string key) => data.GetValueOrDefault(key) switch
    {
        null => StringList.Empty,
        IList list => new StringList(list.Cast<object?>().Select(item => item is null ? "" : Format(item))),
        var one => new StringList([Format(one)]),
    };

    /// <summary>A whole number from 0 on; ids are sent as text by some tools.</summary>
    public static ulong? GetNumber(IReadOnlyDictionary<string, object?> data, string key) => data.GetValueOrDefault(key) switch
    {
        ulong number => number,
        long and >= 0 and var number => (ulong)number,
        string text when ulong.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong number) => number,
        _ => null,
    };

    private static string Format(object value) => value is IFormattable number ? number.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : value.ToString() ?? "";

    /// <summary>A number of milliseconds.</summary>
    public static TimeSpan? GetDuration(IReadOnlyDictionary<string, object?> data, string key) => data.GetValueOrDefault(key) switch
    {
        long milliseconds when Math.Abs((double)milliseconds) < TimeSpan.MaxValue.TotalMilliseconds => TimeSpan.FromMilliseconds(milliseconds),
        double milliseconds when Math.Abs(milliseconds) < TimeSpan.MaxValue.TotalMilliseconds => TimeSpan.FromMilliseconds(milliseconds),
        _ => null,
    };
}
