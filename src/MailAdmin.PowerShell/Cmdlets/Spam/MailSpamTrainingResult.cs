using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>What became of one message that the spam filter was to learn from. It does not hold the message.</summary>
public sealed record MailSpamTrainingResult
{
    /// <summary>The file; null for a message given as such.</summary>
    public string? Path { get; init; }
    /// <summary>Its place in an mbox, counted from 1; null where the file is one message.</summary>
    public int? Number { get; init; }
    /// <summary>Where it begins in an mbox, in bytes.</summary>
    public long? Offset { get; init; }
    /// <summary>Its id, without angle brackets.</summary>
    public string? MessageId { get; init; }
    /// <summary>Its subject.</summary>
    public string? Subject { get; init; }
    /// <summary>Its length in bytes.</summary>
    public long Size { get; init; }
    /// <summary>What it is an example of.</summary>
    public required SpamClass Class { get; init; }
    /// <summary>Whose filter learns; null for everybody's.</summary>
    public string? Account { get; init; }
    /// <summary><c>Learned</c>; <c>Stored</c> from server 0.15 on, which learns later; <c>Failed</c>.</summary>
    public SpamTrainingStatus Status { get; init; }
    /// <summary>The id of the error, where it failed.</summary>
    public string? ErrorId { get; init; }
    /// <summary>What is wrong, where it failed.</summary>
    public string? Error { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Number is null ? Path ?? Subject ?? "" : $"{Path}#{Number}";
}
