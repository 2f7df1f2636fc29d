namespace MailAdmin.Client;

/// <summary>Why a receiver did not follow the policy.</summary>
public sealed class DmarcOverride
{
    /// <summary>One of these values.</summary>
    public DmarcOverride(string type, string? comment) =>
        (Type, Comment) = (type, comment);

    /// <summary>The kind, such as <c>Forwarded</c> or <c>MailingList</c>.</summary>
    public string Type { get; }
    /// <summary>Further explanation.</summary>
    public string? Comment { get; }

    /// <inheritdoc/>
    public override string ToString() => Type;
}
