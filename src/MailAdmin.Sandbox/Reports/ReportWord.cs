namespace MailAdmin.Sandbox.Reports;

/// <summary>Words of reports, which the server writes back in its own spelling.</summary>
internal static class ReportWord
{
    public const string Unspecified = "Unspecified";

    /// <summary>The server's spelling of a word; the fallback where it is unknown or absent.</summary>
    public static string Parse(string? text, string fallback, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return fallback;
    }
}
