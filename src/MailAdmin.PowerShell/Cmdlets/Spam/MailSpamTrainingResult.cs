using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>The result of training the spam filter with one message. It does not contain the message.</summary>
public sealed class MailSpamTrainingResult : ServerObject
{
    /// <summary>The file; null for a message that was passed as text or bytes.</summary>
    public string? Path { get; init; }
    /// <summary>Its position in an mbox, counted from 1; null if the file is one message.</summary>
    public int? Number { get; init; }
    /// <summary>Where the message came from: the name of the file, with the position in an mbox, such as <c>Junk.mbox#3</c>; <c>(message)</c> where it was no file.</summary>
    public string Source => Path is null ? "(message)" : $"{System.IO.Path.GetFileName(Path)}{(Number is { } number ? $"#{number}" : "")}";
    /// <summary>Where it begins in an mbox, in bytes.</summary>
    public long? Offset { get; init; }
    /// <summary>Its id, without angle brackets.</summary>
    public string? MessageId { get; init; }
    /// <summary>Its subject.</summary>
    public string? Subject { get; init; }
    /// <summary>Its length in bytes.</summary>
    public long Size { get; init; }
    /// <summary>Whether it is an example of spam or of ham.</summary>
    public required SpamClass Class { get; init; }
    /// <summary>The account whose filter learns; null for the filter for all accounts.</summary>
    public string? Account { get; init; }
    /// <summary><c>Learned</c>; <c>Stored</c> from server 0.15 on, which learns later; <c>Failed</c>.</summary>
    public SpamTrainingStatus Status { get; internal set; }
    /// <summary>The id of the error, if it failed.</summary>
    public string? ErrorId { get; internal set; }
    /// <summary>The message of the error, if it failed.</summary>
    public string? Error { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Number is null ? Path ?? Subject ?? "" : $"{Path}#{Number}";
}
