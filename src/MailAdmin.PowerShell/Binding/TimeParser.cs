using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Finds every time that a text can mean: ISO 8601 in every culture, then the culture's own forms as people type them. The caller decides about an
/// ambiguous text.
/// </summary>
internal static partial class TimeParser
{
    // A year outside this range was read in the wrong calendar: Thailand's 2026 was 1483, and its 2569 is now.
    private const int FirstYear = 1970;
    private const int LastYear = 2200;
    private const DateTimeStyles Style = DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces;

    private static readonly string[] s_isoFormats =
    [
        .. from date in new[] { "yyyy-MM-dd'T'", "yyyy-MM-dd " }
           from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
           from zone in new[] { "K", "zzz", " zzz" }
           select date + time + zone,
        "yyyy-MM-dd", "yyyyMMdd'T'HHmmssK", "yyyyMMdd'T'HHmmK",
    ];

    // RFC 5322: the weekday and the seconds may be left out, the zone may not.
    private static readonly string[] s_mailFormats =
    [
        .. from date in new[] { "ddd, d MMM yyyy ", "d MMM yyyy " }
           from time in new[] { "H:mm", "H:mm:ss" }
           select date + time + " zzz",
    ];

    /// <summary>What the text can mean: no time, one, or several.</summary>
    public static IReadOnlyList<DateTimeOffset> Parse(string text, CultureInfo culture)
    {
        if (DateTimeOffset.TryParseExact(TooFineFraction().Replace(text.Trim(), ""), s_isoFormats, CultureInfo.InvariantCulture, Style, out DateTimeOffset iso))
        {
            return [iso];
        }
        string simplified = Simplify(text.Trim());
        IEnumerable<DateTimeOffset> asMail = GetMeanings(MailUtc().Replace(MailComment().Replace(simplified, ""), " +0000"), s_mailFormats, DateTimeFormatInfo.InvariantInfo);
        return [.. asMail.Concat(GetCalendars(culture).SelectMany(format => GetMeanings(simplified, GetPatterns(format), format))).Distinct()];
    }

    private static IEnumerable<DateTimeOffset> GetMeanings(string text, IEnumerable<string> patterns, DateTimeFormatInfo format)
    {
        foreach (string pattern in patterns)
        {
            if (DateTimeOffset.TryParseExact(text, pattern, format, Style, out DateTimeOffset time) && time.Year is >= FirstYear and <= LastYear)
            {
                yield return time;
            }
        }
    }

    // Where another calendar is in use, the Gregorian calendar of computers is in use too.
    private static IEnumerable<DateTimeFormatInfo> GetCalendars(CultureInfo culture)
    {
        yield return culture.DateTimeFormat;
        if (culture.Calendar is not GregorianCalendar && culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() is { } gregorian)
        {
            var format = (DateTimeFormatInfo)culture.DateTimeFormat.Clone();
            format.Calendar = gregorian;
            yield return format;
        }
    }

    private static HashSet<string> GetPatterns(DateTimeFormatInfo format)
    {
        string[] times = [.. format.GetAllDateTimePatterns('t').Concat(format.GetAllDateTimePatterns('T')).Select(Loosen), "H:mm", "H:mm:ss"];
        times = [.. times, .. times.Select(time => time.Replace(" tt", "tt", StringComparison.Ordinal))];
        IEnumerable<string> dates = format.GetAllDateTimePatterns('d').Concat(format.GetAllDateTimePatterns('D')).Select(Loosen)
            .Where(date => date.Contains("yyyy", StringComparison.Ordinal))
            .SelectMany(WithOtherOrder);
        // What this machine writes in full is read as it is, with its era.
        IEnumerable<string> full = "DfF".SelectMany(format.GetAllDateTimePatterns).Where(date => date.Contains("yyyy", StringComparison.Ordinal)).Select(Simplify);
        HashSet<string> patterns = [.. times, .. full];
        foreach (string date in dates)
        {
            patterns.Add(date);
            patterns.UnionWith(times.SelectMany(time => new[] { $"{date} {time}", $"{date}, {time}", $"{date} {time} zzz" }));
        }
        return patterns;
    }

    // With slashes and hyphens some people put the day first and some the month, in one language and in one office. With points the day is first.
    private static IEnumerable<string> WithOtherOrder(string date)
    {
        yield return date;
        if (NumericDate().Match(date) is { Success: true } numeric)
        {
            yield return $"{numeric.Groups[3].Value}{numeric.Groups[2].Value}{numeric.Groups[1].Value}{numeric.Groups[4].Value}";
        }
    }

    // Without eras, and with one digit where two are shown: two digits are read too.
    private static string Loosen(string pattern) => Token().Replace(Simplify(pattern), token => token.Value switch
    {
        ['g', ..] => "",
        "dd" or "MM" or "HH" or "hh" => token.Value[..1],
        _ => token.Value,
    }).Trim();

    // Direction marks and spaces of other widths are displayed but not typed.
    private static string Simplify(string text)
    {
        var simplified = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            UnicodeCategory category = char.GetUnicodeCategory(letter);
            if (category != UnicodeCategory.Format)
            {
                simplified.Append(category == UnicodeCategory.SpaceSeparator ? ' ' : letter);
            }
        }
        return simplified.ToString();
    }

    // This clock counts to the seventh digit; journald writes nine.
    [GeneratedRegex(@"(?<=:[0-9]{2}\.[0-9]{7})[0-9]+")]
    private static partial Regex TooFineFraction();

    // The name of the zone, which many mail programs add.
    [GeneratedRegex(@" *\([^()]*\)$")]
    private static partial Regex MailComment();

    [GeneratedRegex(" (GMT|UT)$")]
    private static partial Regex MailUtc();

    [GeneratedRegex("'[^']*'|([a-zA-Z])\\1*")]
    private static partial Regex Token();

    [GeneratedRegex("^([dM])([/-])([dM])([/-]yyyy)$")]
    private static partial Regex NumericDate();
}
