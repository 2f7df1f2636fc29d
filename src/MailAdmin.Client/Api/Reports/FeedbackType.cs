using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Why someone complains (RFC 5965). A word of a later server is kept.</summary>
public readonly record struct FeedbackType
{
    private static readonly OpenWords<FeedbackType> s_words = new(word => new FeedbackType(word));
    private readonly string? _name;

    private FeedbackType(string name) => _name = name;

    /// <summary>Unsolicited mail.</summary>
    public static FeedbackType Abuse { get; } = s_words.Add("Abuse");
    /// <summary>A check of DKIM, SPF or DMARC failed.</summary>
    public static FeedbackType AuthFailure { get; } = s_words.Add("AuthFailure");
    /// <summary>Fraud or phishing.</summary>
    public static FeedbackType Fraud { get; } = s_words.Add("Fraud");
    /// <summary>It was taken for spam and is none.</summary>
    public static FeedbackType NotSpam { get; } = s_words.Add("NotSpam");
    /// <summary>A virus.</summary>
    public static FeedbackType Virus { get; } = s_words.Add("Virus");
    /// <summary>Anything else.</summary>
    public static FeedbackType Other { get; } = s_words.AddDefault("Other");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static FeedbackType Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(FeedbackType word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
