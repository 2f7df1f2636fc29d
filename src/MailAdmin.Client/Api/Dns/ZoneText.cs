using System.Globalization;
using System.Text;

namespace MailAdmin.Client.Api.Dns;

/// <summary>Reads the text of a zone (RFC 1035 §5) as servers write it: whole names, the class IN, texts in quotation marks, several of them over lines in parentheses.</summary>
internal static class ZoneText
{
    private const string Class = "IN";

    /// <summary>The records, in their order: texts put together, neither quoted nor escaped.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static IEnumerable<(string Name, string Type, string Content)> Read(string zone)
    {
        foreach (List<Token> line in ReadLines(zone))
        {
            int place = 1;
            // A time to live may stand before or after the class.
            while (place < line.Count && !line[place].IsQuoted && (line[place].Text == Class || line[place].Text.All(char.IsAsciiDigit)))
            {
                place++;
            }
            if (place + 1 >= line.Count || line[0].IsQuoted || line[place].IsQuoted)
            {
                throw new FormatException($"'{line[0].Text}' has no type or no value.");
            }
            string type = line[place].Text.ToUpperInvariant();
            List<Token> values = line[(place + 1)..];
            yield return (line[0].Text, type, type is "TXT" or "SPF"
                ? string.Concat(values.Select(value => value.Text))
                : string.Join(' ', values.Select(value => value.IsQuoted ? $"\"{value.Text}\"" : value.Text)));
        }
    }

    private static IEnumerable<List<Token>> ReadLines(string zone)
    {
        var line = new List<Token>();
        int depth = 0;
        int at = 0;
        while (at < zone.Length)
        {
            char c = zone[at];
            if (c is '\n' or '\r')
            {
                at++;
                if (depth == 0 && line.Count > 0)
                {
                    yield return line;
                    line = [];
                }
            }
            else if (c is ' ' or '\t')
            {
                at++;
            }
            else if (c is '(' or ')')
            {
                at++;
                depth += c == '(' ? 1 : -1;
                if (depth < 0)
                {
                    throw new FormatException("A parenthesis is closed that was not opened.");
                }
            }
            else if (c == ';')
            {
                at = zone.IndexOf('\n', at) is >= 0 and int end ? end : zone.Length;
            }
            else
            {
                line.Add(ReadToken(zone, ref at));
            }
        }
        if (depth != 0)
        {
            throw new FormatException("A parenthesis is not closed.");
        }
        if (line.Count > 0)
        {
            yield return line;
        }
    }

    private static Token ReadToken(string zone, ref int at)
    {
        bool isQuoted = zone[at] == '"';
        at += isQuoted ? 1 : 0;
        var text = new List<byte>();
        while (at < zone.Length && (isQuoted ? zone[at] != '"' : !IsEndOfWord(zone[at])))
        {
            ReadCharacter(zone, ref at, text);
        }
        if (isQuoted && at++ >= zone.Length)
        {
            throw new FormatException("A quotation mark is not closed.");
        }
        return new Token(Encoding.UTF8.GetString([.. text]), isQuoted);
    }

    private static bool IsEndOfWord(char c) => c is ' ' or '\t' or '\n' or '\r' or '(' or ')' or ';' or '"';

    // A backslash stands before a character that is meant as it is, or before the three digits of a byte.
    private static void ReadCharacter(string zone, ref int at, List<byte> text)
    {
        if (zone[at] == '\\' && at + 1 < zone.Length)
        {
            at++;
            if (at + 3 <= zone.Length && byte.TryParse(zone.AsSpan(at, 3), NumberStyles.None, CultureInfo.InvariantCulture, out byte value))
            {
                text.Add(value);
                at += 3;
                return;
            }
        }
        int length = char.IsHighSurrogate(zone[at]) && at + 1 < zone.Length ? 2 : 1;
        text.AddRange(Encoding.UTF8.GetBytes(zone.Substring(at, length)));
        at += length;
    }

    private readonly record struct Token(string Text, bool IsQuoted);
}
