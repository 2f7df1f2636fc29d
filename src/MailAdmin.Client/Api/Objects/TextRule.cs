using System.Collections.Frozen;
using System.Text;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// What a text of a property has to be, and what the server makes of it before it stores it: capitals become small letters, blanks go. The schema does not tell. In a set, the server takes
/// any text.
/// </summary>
/// <param name="Expected">What it has to be, for messages.</param>
/// <param name="Tidy">The text as it is stored; null for one that is certainly refused.</param>
internal sealed record TextRule(string Expected, Func<string, string?> Tidy)
{
    private const string LocalPartMarks = "!#$%&'*+-/=?^_`{|}~";

    private static readonly TextRule s_localPart = new("what stands before the @ of an address, such as jane.doe", TidyLocalPart);
    private static readonly TextRule s_domain = new("a domain whose last part is a public ending or one for private networks, such as example.org or office.internal", TidyDomain);
    private static readonly TextRule s_host = new("an IP address, or the name of a host with its domain, such as mx.example.org", text => IpText.FindAddress(text) is not null ? text : TidyDomain(text));
    private static readonly TextRule s_address = new("an e-mail address", TidyAddress);
    private static readonly TextRule s_capitals = new("a name", text => TidyWord(text, text => text.ToUpperInvariant()));
    private static readonly TextRule s_smallLetters = new("a name", text => TidyWord(text, text => text.ToLowerInvariant()));

    private static readonly FrozenDictionary<string, TextRule> s_rules = new Dictionary<string, TextRule>
    {
        ["Account/name"] = s_localPart,
        ["AlertEmail/fromAddress"] = s_address,
        ["CalendarAlarm/fromEmail"] = s_address,
        ["Domain/catchAllAddress"] = s_address,
        ["Domain/name"] = s_domain,
        ["EmailAlias/name"] = s_localPart,
        ["MailExchanger/hostname"] = s_host,
        ["MailingList/name"] = s_localPart,
        ["MtaConnectionIpHost/ehloHostname"] = s_host,
        ["MtaConnectionStrategy/ehloHostname"] = s_host,
        ["ReportSettings/outboundReportDomain"] = s_domain,
        ["Service/hostname"] = s_host,
        ["SpamDnsblServer/name"] = s_capitals,
        ["SpamFileExtension/extension"] = s_smallLetters,
        ["SpamRule/name"] = s_capitals,
        ["SpamTag/tag"] = s_capitals,
        ["SystemSettings/defaultHostname"] = s_host,
    }.ToFrozenDictionary();

    /// <summary>The rule of a property; null for one whose text is stored as it is, but for blanks around it.</summary>
    public static TextRule? Find(ObjectShape shape, PropertySchema property) => s_rules.GetValueOrDefault($"{shape.Name}/{property.Name}");

    private static string? TidyLocalPart(string text)
    {
        string tidied = RemoveBlanks(text).ToLowerInvariant();
        return tidied.Length > 0 && tidied.Split('.').All(part => part.Length > 0) && tidied.EnumerateRunes().All(IsOfLocalPart) ? tidied : null;
    }

    private static bool IsOfLocalPart(Rune letter) => Rune.IsLetterOrDigit(letter) || letter.Value == '.' || (letter.IsAscii && LocalPartMarks.Contains((char)letter.Value, StringComparison.Ordinal));

    // Letters of other alphabets become xn--, which is left to the server.
    private static string? TidyDomain(string text)
    {
        string tidied = RemoveBlanks(text).ToLowerInvariant();
        return tidied.Split('.').All(label => label.Length > 0) && !DomainEnding.IsRefused(tidied) ? tidied : null;
    }

    private static string? TidyAddress(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && TidyLocalPart(text[..at]) is { } local && TidyDomain(text[(at + 1)..]) is { } domain ? $"{local}@{domain}" : null;
    }

    private static string? TidyWord(string text, Func<string, string> tidy) => RemoveBlanks(text) is { Length: > 0 } word ? tidy(word) : null;

    private static string RemoveBlanks(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
