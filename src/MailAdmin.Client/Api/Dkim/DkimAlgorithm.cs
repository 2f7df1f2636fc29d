using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The kind of a DKIM key, by the word that DNS records use for it (<c>rsa</c>, <c>ed25519</c>). A word of a later server is kept.</summary>
public readonly record struct DkimAlgorithm
{
    private static readonly OpenWords<DkimAlgorithm> s_words = new(word => new DkimAlgorithm(word));
    private readonly string? _word;

    private DkimAlgorithm(string word) => _word = word;

    /// <summary>RSA with 2048 bits: every receiver verifies it.</summary>
    public static DkimAlgorithm Rsa { get; } = s_words.AddDefault("rsa");
    /// <summary>Ed25519: short records; some receivers do not know it yet.</summary>
    public static DkimAlgorithm Ed25519 { get; } = s_words.Add("ed25519");

    /// <summary>The word of DNS records, such as <c>ed25519</c>.</summary>
    public string Word => _word ?? s_words.DefaultWord;

    /// <summary>The word of POST /dkim and of people, such as <c>Ed25519</c>.</summary>
    public string Name => OpenWords<DkimAlgorithm>.Capitalize(Word);

    /// <summary>Reads a word such as <c>Rsa</c>, or a setting such as <c>rsa-sha256</c>; an unknown word is kept.</summary>
    public static DkimAlgorithm Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return s_words.Parse(text.Split('-')[0].ToLowerInvariant());
    }

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(DkimAlgorithm word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
