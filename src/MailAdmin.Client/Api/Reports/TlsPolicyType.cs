using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Which policy a TLS report is about, by the words of RFC 8460. A word of a later server is kept.</summary>
public readonly record struct TlsPolicyType
{
    private static readonly OpenWords<TlsPolicyType> s_words = new(word => new TlsPolicyType(word));
    private readonly string? _name;

    private TlsPolicyType(string name) => _name = name;

    /// <summary>DANE.</summary>
    public static TlsPolicyType Tlsa { get; } = s_words.Add("tlsa");
    /// <summary>MTA-STS.</summary>
    public static TlsPolicyType Sts { get; } = s_words.Add("sts");
    /// <summary>Neither.</summary>
    public static TlsPolicyType NoPolicyFound { get; } = s_words.Add("no-policy-found");
    /// <summary>A word that the server does not know.</summary>
    public static TlsPolicyType Other { get; } = s_words.AddDefault("Other");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static TlsPolicyType Parse(string text) => s_words.Parse(text);

    /// <summary>Reads the word of a server from 0.16 on, which has capitals in place of hyphens; an unknown one is kept.</summary>
    internal static TlsPolicyType ParseJoined(string word) =>
        s_words.Known.Where(known => known.Name.Replace("-", "", StringComparison.Ordinal).Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<TlsPolicyType?>().FirstOrDefault() ?? Parse(word);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(TlsPolicyType word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
