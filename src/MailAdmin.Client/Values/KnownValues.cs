namespace MailAdmin.Client.Values;

/// <summary>Finds a word among the known ones, as a person may have written it.</summary>
internal static class KnownValues
{
    /// <summary>The known word that equals <paramref name="text"/> but for case, else <paramref name="text"/> itself.</summary>
    public static string Normalize(string text, ReadOnlySpan<string> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        foreach (string word in known)
        {
            if (string.Equals(word, trimmed, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }
        return trimmed;
    }
}
