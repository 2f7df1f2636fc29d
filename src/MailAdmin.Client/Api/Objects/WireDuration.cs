using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Durations as people and the server write them: <c>30s</c>, <c>1.5h</c>, <c>7d</c>, <c>00:05:00</c>.</summary>
internal static partial class WireDuration
{
    /// <summary>Reads one. A number without a unit is none: it could be seconds or milliseconds.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (Number().Match(text.Trim()) is { Success: true } match && double.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            double milliseconds = number * match.Groups[2].Value switch
            {
                "ms" => 1,
                "s" => 1000,
                "m" => 60_000,
                "h" => 3_600_000,
                _ => 86_400_000,
            };
            if (milliseconds >= TimeSpan.MaxValue.TotalMilliseconds)
            {
                return false;
            }
            duration = TimeSpan.FromMilliseconds(milliseconds);
            return true;
        }
        // '5:00' would be five hours, and people mean five minutes.
        return text.Count(letter => letter == ':') == 2 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
    }

    [GeneratedRegex(@"^([0-9]+(?:\.[0-9]+)?) ?(ms|s|m|h|d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
