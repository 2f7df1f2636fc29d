using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Client;

/// <summary>Sizes in bytes as people write them. Units are powers of 1024, as in PowerShell: 1GB = 1,073,741,824.</summary>
public static partial class ByteSize
{
    private const int MaxDigits = 19;

    private static readonly string[] s_units = ["bytes", "KB", "MB", "GB", "TB", "PB"];

    // English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish, Finnish, Turkish, Russian, Japanese, Chinese.
    private static readonly HashSet<string> s_unlimited = new(StringComparer.Ordinal)
    {
        "UNLIMITED", "NONE", "INFINITE", "NO LIMIT", "UNBEGRENZT", "UNBESCHRÄNKT", "KEINE", "ILLIMITÉ", "ILLIMITE", "ILIMITADO", "ILIMITADA", "SIN LÍMITE",
        "ILLIMITATO", "ILLIMITATA", "SEM LIMITE", "ONBEPERKT", "NIEOGRANICZONE", "BEZ LIMITU", "NEOMEZENÉ", "NEOMEZENO", "OBEGRÄNSAD", "OBEGRÄNSAT",
        "UBEGRÆNSET", "UBEGRENSET", "RAJOITTAMATON", "SINIRSIZ", "НЕОГРАНИЧЕНО", "БЕЗ ОГРАНИЧЕНИЙ", "無制限", "无限制", "無限制",
    };

    /// <summary>
    /// Reads <c>5GB</c>, <c>1.5 TB</c>, <c>1,5 Go</c>, <c>50 GB (53,687,091,200 bytes)</c>, plain bytes, or <c>Unlimited</c> (0). False for
    /// anything else: negative, too large, an unknown unit, or a separator whose meaning depends on the language.
    /// </summary>
    /// <param name="text">What was written.</param>
    /// <param name="bytes">The size in bytes; 0 = no limit.</param>
    public static bool TryParse(string? text, out long bytes) => GetError(text, out bytes) is null;

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

    /// <summary>Reads a size as <see cref="TryParse"/> does, and says what is wrong with it; null if it was read.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="bytes">The size in bytes; 0 = no limit.</param>
    public static string? GetError(string? text, out long bytes)
    {
        bytes = 0;
        string value = NormalizeSpaces(text ?? "");
        if (s_unlimited.Contains(value.ToUpperInvariant()))
        {
            return null;
        }

        int count = value.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and int end ? end : value.Length;
        string suffix = value[count..].TrimStart();
        if (count is > 0 and <= MaxDigits && suffix.All(char.IsLetter))
        {
            return GetPower(suffix) is { } plain && TryScale(value[..count], plain, out bytes) ? null : CreateError(text);
        }

        if (ScientificPattern().IsMatch(value))
        {
            return $"'{text}' was rounded by a spreadsheet program: write 5GB, or format the column as text.";
        }

        Match exact = ExchangeSizePattern().Match(value);
        if (exact.Success)
        {
            return TryReadGroups(exact.Groups["bytes"].Value, out string digits) && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out bytes)
                ? null
                : CreateError(text);
        }

        Match match = SizePattern().Match(value);
        return !match.Success || GetPower(match.Groups["unit"].Value) is not { } power
            ? CreateError(text)
            : ReadNumber(text, match.Groups["number"].Value, match.Groups["unit"].Value, power, out bytes);
    }

    /// <summary>Whether a size that can be read names its unit. A bare number is bytes here, and often something else where it came from.</summary>
    internal static bool HasUnit(string text) => text.Any(char.IsLetter);

    private static string CreateError(string? text) => text?.TrimStart().StartsWith('-') == true
        ? $"'{text}' is not a valid size: it is negative. Where it means no limit, write Unlimited."
        : $"'{text}' is not a valid size: write 5GB, 500 MB, a number of bytes, or Unlimited.";

    private static string? ReadNumber(string? text, string number, string unit, int power, out long bytes)
    {
        bytes = 0;
        char[] separators = [.. number.Where(character => !char.IsAsciiDigit(character)).Distinct()];
        string digits = number;
        bool isRead = separators switch
        {
            [] => true,
            ['.' or ','] when number.Count(character => character == separators[0]) == 1 => TryReadDecimal(number, separators[0], out digits),
            [_] => TryReadGroups(number, out digits),
            [_, '.' or ','] when number.Count(character => character == separators[1]) == 1 =>
                TryReadGroups(number[..number.IndexOf(separators[1], StringComparison.Ordinal)], out string whole)
                && TrySetText($"{whole}.{number[(number.IndexOf(separators[1], StringComparison.Ordinal) + 1)..]}", out digits),
            _ => false,
        };
        if (!isRead)
        {
            return separators is ['.' or ','] && AmbiguousPattern().IsMatch(number) ? CreateAmbiguity(text, number, unit) : CreateError(text);
        }

        return TryScale(digits, power, out bytes) ? null : CreateError(text);
    }

    private static string CreateAmbiguity(string? text, string number, string unit)
    {
        string whole = number.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        string point = number.Replace(',', '.').TrimEnd('0').TrimEnd('.');
        (string asWhole, string asPoint) = number.Contains(',', StringComparison.Ordinal) ? ("English", "German") : ("German", "English");
        string suffix = unit.Length == 0 ? "" : " " + unit;
        return $"'{text}' means {whole}{suffix} in {asWhole} and {point}{suffix} in {asPoint}. Write {whole}{suffix} or {point}{suffix}, whichever is meant.";
    }

    // "1.500" is 1.5 in English and 1500 in German; "0.125" and "1.5" are the same in both, once the comma is a point.
    private static bool TryReadDecimal(string number, char separator, out string digits)
    {
        digits = number.Replace(separator, '.');
        return !AmbiguousPattern().IsMatch(number);
    }

    private static bool TryReadGroups(string number, out string digits)
    {
        digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length == number.Length || GroupsPattern().IsMatch(number);
    }

    private static bool TrySetText(string text, out string target)
    {
        target = text;
        return true;
    }

    private static string NormalizeSpaces(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Any(IsOtherSpace) ? string.Concat(trimmed.Select(character => IsOtherSpace(character) ? ' ' : character)) : trimmed;
    }

    private static bool IsOtherSpace(char character) => character != ' ' && char.IsWhiteSpace(character);

    private static int? GetPower(string unit) => unit.ToUpperInvariant() switch
    {
        "" or "B" or "BYTE" or "BYTES" or "OCTET" or "OCTETS" or "BAJT" or "BAJTY" or "БАЙТ" => 0,
        "K" or "KB" or "KIB" or "KO" or "КБ" => 1,
        "M" or "MB" or "MIB" or "MO" or "МБ" => 2,
        "G" or "GB" or "GIB" or "GO" or "ГБ" => 3,
        "T" or "TB" or "TIB" or "TO" or "ТБ" => 4,
        "P" or "PB" or "PIB" or "PO" or "ПБ" => 5,
        _ => null,
    };

    private static bool TryScale(string number, int power, out long bytes)
    {
        bytes = 0;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || (power == 0 && (value != decimal.Truncate(value) || number.Contains('.', StringComparison.Ordinal)))
            || value > (decimal)long.MaxValue / (1L << (10 * power)))
        {
            return false;
        }

        bytes = (long)decimal.Round(value * (1L << (10 * power)));
        return true;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,19}|[0-9][0-9.,'’ ]{0,24}[0-9])\s*(?<unit>\p{L}*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^[0-9][0-9.,'’ ]{0,24}\p{L}{0,6}\s*\((?<bytes>[0-9][0-9.,'’ ]{0,25}[0-9]|[0-9])\s*\p{L}{1,8}\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex ExchangeSizePattern();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}[.,][0-9]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AmbiguousPattern();

    [GeneratedRegex(@"^[0-9]{1,3}(?<group>[.,'’ ])[0-9]{3}(\k<group>[0-9]{3})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupsPattern();

    [GeneratedRegex(@"^[0-9]+([.,][0-9]+)?E[+-]?[0-9]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ScientificPattern();
}
