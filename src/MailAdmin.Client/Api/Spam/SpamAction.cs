using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What the spam filter does with a message. A word of a later server is kept.</summary>
public readonly record struct SpamAction
{
    private static readonly OpenWords<SpamAction> s_words = new(word => new SpamAction(word));
    private readonly string? _name;

    private SpamAction(string name) => _name = name;

    /// <summary>It is let through, with its score.</summary>
    public static SpamAction Allow { get; } = s_words.AddDefault("Allow");
    /// <summary>It is accepted and discarded.</summary>
    public static SpamAction Discard { get; } = s_words.Add("Discard");
    /// <summary>It is refused.</summary>
    public static SpamAction Reject { get; } = s_words.Add("Reject");

    /// <summary>The server does not say: of a tag from 0.16 on, it has no score, or refuses by itself.</summary>
    public static SpamAction Unspecified { get; } = s_words.Add("Unspecified");

    /// <summary>The word.</summary>
    public string Name => _name ?? s_words.DefaultWord;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static SpamAction Parse(string text) => s_words.Parse(text);

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(SpamAction word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
