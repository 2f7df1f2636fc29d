using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Why a message is not sent.</summary>
internal sealed record MessageError(string ErrorId, ErrorCategory Category, string Message, string? RecommendedAction)
{
    /// <summary>The server drops what is larger than 1 MiB, and takes it for nothing.</summary>
    public static MessageError TooLarge(LocalMessage message) => new(
        "MessageTooLarge", ErrorCategory.LimitsExceeded, $"{message.DisplayName} has {ByteSize.Format(message.Size)}: the server drops what is larger than 1 MiB.", "Take its attachments off, or leave it out.");

    /// <summary>There is not a byte.</summary>
    public static MessageError Empty(LocalMessage message) => new("EmptyMessage", ErrorCategory.InvalidData, $"{message.DisplayName} is empty.", null);

    /// <summary>It is some other text.</summary>
    public static MessageError NoHeaders(LocalMessage message) => new(
        "InvalidMessage", ErrorCategory.InvalidData, $"{message.DisplayName} is not a mail message: no line of it is a header such as From or Subject.", "Give the message as it came, with its headers.");
}
