using System.Globalization;
using System.Net;

namespace MailAdmin.Sandbox.Values;

/// <summary>Reads addresses as the server does: four decimal numbers without zeros before them, or IPv6 without a zone; .NET takes more for an address.</summary>
internal static class IpText
{
    /// <summary>The server takes no network of a shorter prefix.</summary>
    private const int ShortestPrefix = 8;

    public static IPAddress? FindAddress(string text) => IPAddress.TryParse(text, out IPAddress? address) && text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
        && (text.Contains(':', StringComparison.Ordinal) ? !text.Contains('.', StringComparison.Ordinal) || IsIPv4(text[(text.LastIndexOf(':') + 1)..]) : IsIPv4(text)) ? address : null;

    /// <summary>A network, or an address alone, as the server stores it: a network of one address is the address. Null for what is none.</summary>
    public static string? TidyNetwork(string text)
    {
        int slash = text.LastIndexOf('/');
        if (FindAddress((slash < 0 ? text : text[..slash]).Trim()) is not { } address)
        {
            return null;
        }

        int longest = address.GetAddressBytes().Length * 8;
        return slash < 0 ? address.ToString()
            : !byte.TryParse(text[(slash + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out byte bits) || bits < ShortestPrefix || bits > longest ? null
            : bits == longest ? address.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{address}/{bits}");
    }

    private static bool IsIPv4(string text) => IPAddress.TryParse(text, out IPAddress? address) && address.ToString() == text;
}
