namespace MailAdmin.Client.Values;

/// <summary>
/// The known words of a type whose words a later server may add to, which is why it is a struct around a text and no enum. Each word stands
/// once, where the type declares it; what is not among them is kept as it came.
/// </summary>
/// <typeparam name="T">The type: a record struct around the text, null for its default word, so that <c>default</c> equals that one.</typeparam>
internal sealed class OpenWords<T>(Func<string, T> create)
    where T : struct
{
    private readonly List<string> _words = [];
    private readonly List<T> _known = [];

    /// <summary>The known words, in the order in which they were declared.</summary>
    public IReadOnlyList<T> Known => field ??= _known.AsReadOnly();

    /// <summary>The word of <c>default</c>.</summary>
    public string DefaultWord { get; private set; } = "";

    /// <summary>Declares a word.</summary>
    public T Add(string word)
    {
        _words.Add(word);
        _known.Add(create(word));
        return _known[^1];
    }

    /// <summary>Declares the word that is meant where none was given.</summary>
    public T AddDefault(string word)
    {
        DefaultWord = word;
        _words.Add(word);
        _known.Add(default);
        return default;
    }

    /// <summary>The known value that <paramref name="text"/> names in any case, else one that keeps the text.</summary>
    public T Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Find(text) ?? create(text.Trim());
    }

    /// <summary>The known value that <paramref name="text"/> names in any case; null if there is none.</summary>
    public T? Find(string? text) => IndexOf(text) is >= 0 and int index ? _known[index] : null;

    /// <summary>Where in the order of declaration a word stands; -1 for an unknown one.</summary>
    public int IndexOf(string? text)
    {
        string? word = text?.Trim();
        for (int index = 0; index < _words.Count; index++)
        {
            if (string.Equals(_words[index], word, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }
        return -1;
    }

    /// <summary>A word with a capital letter, as people write it.</summary>
    public static string Capitalize(string word) => word is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : word;
}
