// Who delivered a message, by a Received line. No standard fixes its form; these are the usual ones:
//   from HELO (reverse.name [192.0.2.1]) by …                 Postfix, Sendmail, Stalwart, Gmail
//   from reverse.name ([192.0.2.1] helo=HELO) by …            Exim
//   from [192.0.2.1] (helo=HELO) by …                         Exim, without a reverse name
//   from unknown (HELO helo.name) (192.0.2.1) by …            qmail
//   from HELO (192.0.2.1) by …                                Exchange
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace MailAdmin.Isolated.Mime;

/// <summary>A hop from outside: an address of the public internet, as the receiving host saw it, and the name it was introduced by.</summary>
internal sealed partial record ReceivedHop(IPAddress Address, string? EhloDomain)
{
    /// <summary>Reads a Received line; null where it has no public address of the other side.</summary>
    public static ReceivedHop? Parse(string received)
    {
        Match from = FromClausePattern().Match(received);
        if (!from.Success)
        {
            return null;
        }
        string name = from.Groups["name"].Value, comments = from.Groups["comments"].Value;
        // The name that the other side gave proves nothing: not even when it is an address.
        string seen = HeloClausePattern().Replace(comments, "");
        IPAddress? address = AddressLiteralPattern().Matches(seen.Length > 0 ? seen : name).Select(ParseAddress).FirstOrDefault(found => found is not null)
            ?? AddressLiteralPattern().Matches(name).Select(ParseAddress).FirstOrDefault(found => found is not null && !AddressLiteralPattern().IsMatch(seen));
        return address is not null && IsPublic(address) ? new ReceivedHop(address, GetEhloDomain(comments, name)) : null;
    }

    private static string? GetEhloDomain(string comments, string name)
    {
        string helo = HeloClausePattern().Match(comments) is { Success: true } introduction ? introduction.Groups["name"].Value : name;
        return helo.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(helo) == UriHostNameType.Dns ? helo : null;
    }

    private static IPAddress? ParseAddress(Match literal) => IPAddress.TryParse(literal.Groups["address"].Value, out IPAddress? address)
        ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
        : null;

    private static bool IsPublic(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast)
        {
            return false;
        }
        if (address.AddressFamily != AddressFamily.InterNetwork)
        {
            return !address.Equals(IPAddress.IPv6Any);
        }
        byte[] bytes = address.GetAddressBytes();
        return bytes switch
        {
            [0 or 10 or 127 or >= 224, ..] => false,
            [100, >= 64 and < 128, ..] => false,
            [169, 254, ..] => false,
            [172, >= 16 and < 32, ..] => false,
            [192, 168, ..] => false,
            _ => true,
        };
    }

    [GeneratedRegex(@"^\s*from\s+(?<name>\S+)\s*(?<comments>(\((?>[^()]|\([^()]*\))*\)\s*)*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FromClausePattern();

    [GeneratedRegex(@"\b(helo|ehlo)[= ]\s*(?<name>[^\s()]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeloClausePattern();

    [GeneratedRegex(@"[\[(](IPv6:)?(?<address>[0-9A-Fa-f:.]{3,45})[\])]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressLiteralPattern();
}
