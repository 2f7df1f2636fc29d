namespace MailAdmin.Sandbox.Registry;

/// <summary>Ids: numbers in an alphabet of 32, the most significant first; an empty one is 0.</summary>
internal static class RegistryId
{
    /// <summary>The id of every singleton: what <c>singleton</c> means as a number.</summary>
    public const ulong Singleton = 20080258862541;

    /// <summary>The digits of base 32 as the server writes it.</summary>
    public const string Alphabet = "abcdefghijklmnopqrstuvwxyz792013";

    private const int MaxLength = 13;

    public static string Format(ulong id)
    {
        Span<char> text = stackalloc char[MaxLength];
        int start = MaxLength;
        do
        {
            text[--start] = Alphabet[(int)(id & 31)];
            id >>= 5;
        }
        while (id != 0);
        return text[start..].ToString();
    }

    public static bool TryParse(string? text, out ulong id)
    {
        id = 0;
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        foreach (char letter in text)
        {
            int value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            id = (id << 5) | (uint)value;
        }

        return true;
    }
}
