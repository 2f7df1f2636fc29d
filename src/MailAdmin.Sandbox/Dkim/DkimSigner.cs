using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Dkim;

/// <summary>Signs messages (RFC 6376, RFC 8463), relaxed in headers and body, by a signature in the settings.</summary>
internal sealed partial record DkimSigner(string Domain, string Selector, string Algorithm, string PrivateKey, IReadOnlyList<string> Headers)
{
    private const int LineWidth = 76;

    /// <summary>The header field to add to a message, with its line end; null if the message has none of the fields to sign.</summary>
    /// <param name="content">The message, lines ended by CR LF.</param>
    /// <param name="now">Seconds since 1970.</param>
    public string? Sign(byte[] content, long now)
    {
        // One character for each byte: bytes are signed, whatever their encoding.
        string text = Encoding.Latin1.GetString(content);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        (string Name, string Value)[] fields = ParseFields(end < 0 ? text : text[..end]).Where(field => Headers.Contains(field.Name, StringComparer.OrdinalIgnoreCase)).Reverse().ToArray();
        if (fields.Length == 0)
        {
            return null;
        }

        string[] names = fields.Select(field => field.Name).Concat(Headers.Where(header => !fields.Any(field => IsSame(field.Name, header)))).ToArray();
        string bodyHash = Convert.ToBase64String(SHA256.HashData(Encoding.Latin1.GetBytes(CanonicalizeBody(end < 0 ? "" : text[(end + 4)..]))));
        var toSign = new StringBuilder();
        foreach ((string name, string value) in fields)
        {
            toSign.Append(name.ToLowerInvariant().TrimEnd()).Append(':').Append(CollapseWhitespace(value)).Append("\r\n");
        }

        toSign.Append("dkim-signature:").Append(FormatTags(names, bodyHash, "", now, " "));
        byte[] signature = DkimKeys.Sign(Algorithm, PrivateKey, Encoding.Latin1.GetBytes(toSign.ToString()));
        return $"DKIM-Signature: {FormatTags(names, bodyHash, Convert.ToBase64String(signature), now, "\r\n\t")}\r\n";
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, string Value)> ParseFields(string header)
    {
        foreach (string line in FoldPattern().Replace(header, "$1").Split("\r\n"))
        {
            if (line.Split(':', 2) is [var name, var value])
            {
                yield return (name, value);
            }
        }
    }

    private static string CanonicalizeBody(string body)
    {
        var lines = body.Split("\r\n").Select(line => SpacePattern().Replace(line, " ").TrimEnd(' ')).ToList();
        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Concat(lines.Select(line => line + "\r\n"));
    }

    private static string CollapseWhitespace(string value) => SpacePattern().Replace(value, " ").Trim(' ');

    /// <summary>The tags, folded where a line would become too long.</summary>
    private string FormatTags(string[] names, string bodyHash, string signature, long now, string fold)
    {
        var text = new StringBuilder($"v=1; a={Algorithm}; s={Selector}; d={Domain}; c=relaxed/relaxed;{fold}");
        int width = 1;
        for (int i = 0; i < names.Length; i++)
        {
            AppendTag(text, i == 0 ? "h=" : ":", names[i], fold, ref width, foldsBefore: true);
        }

        string time = $"t={now}";
        text.Append(';').Append(width + 1 + time.Length >= LineWidth ? fold : " ");
        width = width + 1 + time.Length >= LineWidth ? 1 : width + 2;
        text.Append(time);
        width += time.Length;
        AppendTag(text, "; bh=", bodyHash, fold, ref width, foldsBefore: false);
        AppendTag(text, "; b=", signature, fold, ref width, foldsBefore: false);
        return text.Append(';').ToString();
    }

    private static void AppendTag(StringBuilder text, string tag, string value, string fold, ref int width, bool foldsBefore)
    {
        if (foldsBefore && width + value.Length + 1 >= LineWidth)
        {
            text.Append(fold);
            width = 1;
        }

        text.Append(tag);
        width += tag.Length;
        foreach (char character in value)
        {
            text.Append(character);
            width++;
            if (!foldsBefore && width >= LineWidth)
            {
                text.Append(fold);
                width = 1;
            }
        }
    }

    [GeneratedRegex(@"\r\n([ \t])")]
    private static partial Regex FoldPattern();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex SpacePattern();
}
