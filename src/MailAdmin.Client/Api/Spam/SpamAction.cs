// What the spam filter does with a message.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What the spam filter does with a message. A word of a later server is kept.</summary>
public readonly record struct SpamAction
{
    private const string DefaultName = "Allow";

    // Null is the default one, so that the default value equals it.
    private readonly string? _name;

    private SpamAction(string name) => _name = name == DefaultName ? null : name;

    /// <summary>It is let through, with its score.</summary>
    public static SpamAction Allow { get; } = new("Allow");
    /// <summary>It is taken and thrown away.</summary>
    public static SpamAction Discard { get; } = new("Discard");
    /// <summary>It is refused.</summary>
    public static SpamAction Reject { get; } = new("Reject");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static SpamAction Parse(string text) => new(KnownValues.Normalize(text, ["Allow", "Discard", "Reject"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
