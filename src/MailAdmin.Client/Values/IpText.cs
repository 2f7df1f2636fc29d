using System.Globalization;
using System.Net;

namespace MailAdmin.Client;

/// <summary>
/// IP addresses and networks as a server reads them: four decimal numbers without zeros before them, or IPv6 without a zone or brackets. .NET takes more for an address, and for another
/// one: <c>10</c> for 0.0.0.10, <c>010.1.1.1</c> for 8.1.1.1.
/// </summary>
public static class IpText
{
    // The server takes no network of more addresses than one of this length.
    private const int ShortestPrefix = 8;

    /// <summary>The address; null for a text that is none.</summary>
    /// <param name="text">What was written.</param>
    public static IPAddress? FindAddress(string text) => IPAddress.TryParse(text, out IPAddress? address) && IsWrittenOut(text) ? address : null;

    /// <summary>Whether a text is an address, or a network such as 192.0.2.0/24.</summary>
    /// <param name="text">What was written.</param>
    public static bool IsNetwork(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length <= 2 && FindAddress(parts[0]) is { } address
            && (parts.Length == 1 || (byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out byte bits) && bits >= ShortestPrefix && bits <= address.GetAddressBytes().Length * 8));
    }

    /// <summary>Whether a text is an address with a port, such as 192.0.2.1:25 or [::]:25.</summary>
    /// <param name="text">What was written.</param>
    public static bool IsSocket(string text) => text.LastIndexOf(':') is > 0 and var colon
        && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && (text[..colon] is ['[', .. var inner, ']'] ? inner.Contains(':', StringComparison.Ordinal) && FindAddress(inner) is not null : !text[..colon].Contains(':', StringComparison.Ordinal) && FindAddress(text[..colon]) is not null);

    // IPv6 may end with an IPv4 address.
    private static bool IsWrittenOut(string text)
    {
        string last = text[(text.LastIndexOf(':') + 1)..];
        return text.All(letter => char.IsAsciiHexDigit(letter) || letter is ':' or '.')
            && ((last.Length < text.Length && !last.Contains('.', StringComparison.Ordinal)) || (last.Split('.') is { Length: 4 } numbers && numbers.All(IsNumber)));
    }

    private static bool IsNumber(string text) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) && (text.Length == 1 || text[0] != '0');
}
