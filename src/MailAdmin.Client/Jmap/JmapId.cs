using System.Buffers;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Ids of objects: numbers in base 32. The server drops what is none without a word, and takes an empty one for the number 0, which may be somebody's: both are
/// refused before they are sent.
/// </summary>
internal static class JmapId
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz792013";
    private const int BitsOfLetter = 5;
    private const int MaxLetters = 13;
    private static readonly SearchValues<char> s_letters = SearchValues.Create(Letters);

    public static bool IsValid(string id) => id.Length > 0 && !id.AsSpan().ContainsAnyExcept(s_letters);

    /// <summary>The number that an id stands for.</summary>
    /// <exception cref="OverflowException">It is one of the large ones, which are times.</exception>
    public static uint ToNumber(string id) => checked((uint)ToLargeNumber(id));

    /// <summary>The number that an id stands for, also that of a large one.</summary>
    /// <exception cref="OverflowException">It is no number of 64 bits.</exception>
    public static ulong ToLargeNumber(string id)
    {
        ulong number = 0;
        foreach (char letter in id)
        {
            number = checked(number * (ulong)Letters.Length) + (uint)Letters.IndexOf(letter, StringComparison.Ordinal);
        }
        return number;
    }

    /// <summary>Which of two ids is the larger number. That of what is not counted is a time: the larger one was made later.</summary>
    public static int Compare(string id, string other)
    {
        if (id.Length != other.Length)
        {
            return id.Length.CompareTo(other.Length);
        }
        int first = id.AsSpan().CommonPrefixLength(other);
        return first == id.Length ? 0 : Letters.IndexOf(id[first], StringComparison.Ordinal).CompareTo(Letters.IndexOf(other[first], StringComparison.Ordinal));
    }

    /// <summary>The id of a number.</summary>
    public static string FromNumber(ulong number)
    {
        Span<char> id = stackalloc char[MaxLetters];
        int start = id.Length;
        do
        {
            id[--start] = Letters[(int)(number % (ulong)Letters.Length)];
            number >>= BitsOfLetter;
        }
        while (number > 0);
        return new string(id[start..]);
    }

    /// <summary>Refuses what cannot be an id.</summary>
    /// <param name="id">What stands in the place of an id.</param>
    /// <param name="method">The method that it is for.</param>
    /// <param name="nameProperty">The property that holds the name which people may have written instead; null where it is not known.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void ThrowIfInvalid(string id, string method, string? nameProperty = null)
    {
        if (!IsValid(id))
        {
            throw new MailServerException(MailErrorCode.RejectedByClient, Operations.CallJmap, $"Nothing was sent: '{id}' is not an id of the server. Its ids have the letters a to z and the digits 0, 1, 2, 3, 7 and 9.")
            {
                Field = "id",
                Value = id,
                Method = method,
                NameProperty = nameProperty,
            };
        }
    }
}
