using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Client;

/// <summary>Sizes in bytes as people write them. Units are powers of 1024, as in PowerShell: 1GB = 1,073,741,824.</summary>
public static partial class ByteSize
{
    private static readonly string[] s_units = ["bytes", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>
    /// Reads <c>5GB</c>, <c>1.5 TB</c>, <c>50 GB (53,687,091,200 bytes)</c>, plain bytes, or <c>Unlimited</c> (0). False for
    /// anything else: negative, too large, an unknown unit, or a comma whose meaning is ambiguous.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="bytes">The size in bytes; 0 = no limit.</param>
    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        ReadOnlySpan<char> value = text.AsSpan().Trim();
        if (value.IsEmpty)
        {
            return false;
        }

        if (value.Equals("unlimited", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        string trimmed = value.ToString();
        Match exact = ExchangeSizePattern().Match(trimmed);
        if (exact.Success)
        {
            return long.TryParse(exact.Groups["bytes"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
        }

        Match match = SizePattern().Match(trimmed);
        return match.Success && TryScale(match.Groups["number"].Value, match.Groups["unit"].Value, out bytes);
    }

    /// <summary>Writes a size with the largest unit that leaves at least 1 and two digits after the point: <c>1.5 GB</c>; 0 is <c>none</c>.</summary>
    /// <param name="bytes">The size in bytes; 0 = no limit.</param>
    public static string Format(long bytes)
    {
        if (bytes == 0)
        {
            return "none";
        }

        decimal value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < s_units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {s_units[unit]}");
    }

    private static bool TryScale(string number, string unit, out long bytes)
    {
        bytes = 0;
        int power = unit.ToUpperInvariant() switch
        {
            "" or "B" or "BYTE" or "BYTES" => 0,
            "K" or "KB" or "KIB" => 1,
            "M" or "MB" or "MIB" => 2,
            "G" or "GB" or "GIB" => 3,
            "T" or "TB" or "TIB" => 4,
            _ => 5,
        };
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || (power == 0 && value != decimal.Truncate(value))
            || value > (decimal)long.MaxValue / (1L << (10 * power)))
        {
            return false;
        }

        bytes = (long)decimal.Round(value * (1L << (10 * power)));
        return true;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,19}(\.[0-9]{1,6})?)\s*(?<unit>|B|bytes?|[KMGTP]|[KMGTP]i?B)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^[0-9.,]{1,20}\s*[KMGTP]?B\s*\((?<bytes>[0-9]{1,3}(,[0-9]{3}){0,6}|[0-9]{1,19})\s+bytes\)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExchangeSizePattern();
}
