using System.Text;

namespace MailAdmin.Sandbox.Http;

/// <summary>Reads <c>a=b&amp;c=d</c> as the server does, and path segments, which it reads the same way.</summary>
internal static class FormDecoding
{
    /// <summary>A path segment is parsed as a form and its first key taken: + becomes a space and = or &amp; cut off the rest.</summary>
    public static string DecodePathSegment(string segment)
    {
        foreach (string pair in segment.Split('&'))
        {
            if (pair.Length > 0)
            {
                return DecodeValue(pair.Split('=', 2)[0]);
            }
        }

        return segment;
    }

    public static IEnumerable<KeyValuePair<string, string>> ParsePairs(string form)
    {
        foreach (string pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            yield return new KeyValuePair<string, string>(DecodeValue(parts[0]), parts.Length > 1 ? DecodeValue(parts[1]) : "");
        }
    }

    /// <summary>Percent-decoding only.</summary>
    public static string DecodePercent(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                bytes[length++] = Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0];
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static string DecodeValue(string text) => DecodePercent(text.Replace('+', ' '));
}
