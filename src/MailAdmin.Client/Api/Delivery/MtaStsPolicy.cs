namespace MailAdmin.Client;

/// <summary>What a domain asks of those who deliver to it (RFC 8461).</summary>
public sealed class MtaStsPolicy
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary><c>enforce</c>, <c>testing</c> or <c>none</c>.</summary>
    public required string Mode { get; init; }
    /// <summary>The exchangers it allows; <c>*.</c> stands for one label.</summary>
    public required StringList Mx { get; init; }
    /// <summary>How long it may be kept.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Mode}: {string.Join(", ", Mx)}";
}
