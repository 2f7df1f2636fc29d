// The kind of an abuse report.
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Why someone complains (RFC 5965). A word of a later server is kept.</summary>
public readonly record struct FeedbackType
{
    private const string DefaultName = "Other";

    // Null is the unstated one, so that the default value equals it.
    private readonly string? _name;

    private FeedbackType(string name) => _name = name == DefaultName ? null : name;

    /// <summary>Unsolicited mail.</summary>
    public static FeedbackType Abuse { get; } = new("Abuse");
    /// <summary>A check of DKIM, SPF or DMARC failed.</summary>
    public static FeedbackType AuthFailure { get; } = new("AuthFailure");
    /// <summary>Fraud or phishing.</summary>
    public static FeedbackType Fraud { get; } = new("Fraud");
    /// <summary>It was taken for spam and is none.</summary>
    public static FeedbackType NotSpam { get; } = new("NotSpam");
    /// <summary>A virus.</summary>
    public static FeedbackType Virus { get; } = new("Virus");
    /// <summary>Anything else.</summary>
    public static FeedbackType Other { get; } = new("Other");

    /// <summary>The word.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>Reads the server's word or a person's, in any case; an unknown one is kept.</summary>
    public static FeedbackType Parse(string text) => new(KnownValues.Normalize(text, ["Abuse", "AuthFailure", "Fraud", "NotSpam", "Virus", "Other"]));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
