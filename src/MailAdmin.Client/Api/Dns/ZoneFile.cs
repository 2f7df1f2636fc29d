using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Client;

/// <summary>Writes DNS records as a fragment of a zone file (RFC 1035 §5). What the server sends is neither quoted nor escaped.</summary>
public static partial class ZoneFile
{
    // One character-string of a TXT record has one length byte.
    private const int MaxStringBytes = 255;

    /// <summary>The records of a domain below a comment that names it; the same line twice is written once.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="lines">Its records, each a line without its end.</param>
    public static string Format(string domain, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(lines);
        StringBuilder text = new StringBuilder("; Mail records of ").Append(EscapeToken(ToAscii(domain), keepQuotes: false)).Append('\n');
        foreach (string line in lines.Distinct(StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>One record as a line without its end.</summary>
    /// <param name="name">Where the record belongs, with a dot at the end.</param>
    /// <param name="type">MX, CNAME, TXT, SRV, TLSA or another.</param>
    /// <param name="content">Its value, neither quoted nor escaped.</param>
    public static string FormatRecord(string name, string type, string content)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(content);
        string kind = EscapeToken(type.ToUpperInvariant(), keepQuotes: false);
        string ascii = ToAsciiContent(type, content);
        string value = IsText(type) ? FormatStrings(ascii) : FormatFields(ascii, keepQuotes: kind is not ("MX" or "CNAME" or "SRV" or "TLSA"));
        return $"{EscapeToken(ToAscii(name), keepQuotes: false)}\tIN\t{kind}\t{value}";
    }

    /// <summary>A text as quoted character-strings of at most 255 bytes each, which readers put together again.</summary>
    public static string FormatStrings(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        var text = new StringBuilder(bytes.Length + 16);
        for (int start = 0; start == 0 || start < bytes.Length; start += MaxStringBytes)
        {
            text.Append(start == 0 ? "\"" : " \"");
            foreach (byte value in bytes.AsSpan(start, Math.Min(MaxStringBytes, bytes.Length - start)))
            {
                AppendEscaped(text, value, value is (byte)'"' or (byte)'\\', value is >= (byte)' ' and <= (byte)'~');
            }
            text.Append('"');
        }
        return text.ToString();
    }

    private static string FormatFields(string content, bool keepQuotes) =>
        string.Join(' ', content.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => EscapeToken(field, keepQuotes)));

    private static string EscapeToken(string text, bool keepQuotes)
    {
        var token = new StringBuilder(text.Length);
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)value;
            bool special = c is ';' or '(' or ')' or '$' or '@' or '\\' || (c == '"' && !keepQuotes);
            AppendEscaped(token, value, special, value is > (byte)' ' and <= (byte)'~');
        }
        return token.ToString();
    }

    private static void AppendEscaped(StringBuilder text, byte value, bool special, bool printable)
    {
        if (!printable)
        {
            text.Append('\\').Append(value.ToString("D3", CultureInfo.InvariantCulture));
            return;
        }
        if (special)
        {
            text.Append('\\');
        }
        text.Append((char)value);
    }

    /// <summary>A name as zones hold it: letters of other alphabets as <c>xn--</c>.</summary>
    internal static string ToAscii(string name) => Ascii.IsValid(name) ? name : DomainName.ToAscii(name);

    /// <summary>A name within a zone, <c>@</c> for the zone itself; null where the name is outside.</summary>
    internal static string? ToRelativeName(string name, string zone)
    {
        ReadOnlySpan<char> full = name.AsSpan().TrimEnd('.');
        if (full.Equals(zone, StringComparison.OrdinalIgnoreCase))
        {
            return "@";
        }
        // An end of the same letters is not enough: notexample.org is not in example.org.
        return full.EndsWith("." + zone, StringComparison.OrdinalIgnoreCase) ? full[..^(zone.Length + 1)].ToString() : null;
    }

    /// <summary>The value of a record with its names as zones hold them.</summary>
    internal static string ToAsciiContent(string type, string content) => Ascii.IsValid(content) ? content
        : IsText(type) ? DomainPattern().Replace(content, match => ToAscii(match.Value))
        : string.Join(' ', content.Split(' ').Select(ToAscii));

    private static bool IsText(string type) => string.Equals(type, "TXT", StringComparison.OrdinalIgnoreCase) || string.Equals(type, "SPF", StringComparison.OrdinalIgnoreCase);

    // Domains stand within the text of SPF, DMARC and TLS reporting records; what is before an @ is no domain.
    [GeneratedRegex(@"(?<![\p{L}\p{M}\p{N}._-])(?=[^\s@;,/!""]*[^\x00-\x7F])[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+\.?(?![\p{L}\p{M}\p{N}._@-])", RegexOptions.CultureInvariant)]
    private static partial Regex DomainPattern();
}
