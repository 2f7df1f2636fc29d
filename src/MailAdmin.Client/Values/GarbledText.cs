using System.Text;

namespace MailAdmin.Client.Values;

/// <summary>Recognises UTF-8 that was read as Windows-1252 and saved once more: <c>JÃ¼rgen</c> was <c>Jürgen</c>.</summary>
internal static class GarbledText
{
    private static readonly Encoding s_windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as it may have been meant; null if nothing of it looks garbled.</summary>
    public static string? Repair(string text)
    {
        var repaired = new StringBuilder(text.Length);
        bool found = false;
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            bool isAscii = char.IsAscii(text[start]);
            while (end < text.Length && char.IsAscii(text[end]) == isAscii)
            {
                end++;
            }
            string run = text[start..end];
            string? original = isAscii ? null : RepairRun(run);
            found |= original is not null;
            repaired.Append(original ?? run);
            start = end;
        }
        return found ? repaired.ToString() : null;
    }

    /// <summary>
    /// Two letters may stand together by chance, such as a capital letter before a quotation mark (<c>É»</c>). Most garbled letters of Latin begin with Ã or
    /// Â; of others, two in a row are asked for.
    /// </summary>
    private static string? RepairRun(string run)
    {
        if (Decode(run) is not { } original)
        {
            return null;
        }
        return run[0] is 'Ã' or 'Â' || original.EnumerateRunes().Count() > 1 || run.Length > 2 ? original : null;
    }

    private static string? Decode(string run)
    {
        try
        {
            return s_utf8.GetString(s_windows1252.GetBytes(run));
        }
        catch (Exception e) when (e is EncoderFallbackException or DecoderFallbackException)
        {
            return null;
        }
    }
}
