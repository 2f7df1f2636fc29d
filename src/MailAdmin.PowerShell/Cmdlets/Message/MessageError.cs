using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Why a message is not sent.</summary>
internal sealed record MessageError(string ErrorId, ErrorCategory Category, string Message, string? RecommendedAction)
{
    /// <summary>The server drops a message larger than 1 MiB, as if the request were empty.</summary>
    public static MessageError TooLarge(LocalMessage message) => new(
        "MessageTooLarge", ErrorCategory.LimitsExceeded, $"{message.DisplayName} has a size of {ByteSize.Format(message.Size)}. The server drops messages larger than 1 MiB.", "Remove its attachments, or omit the message.");

    /// <summary>The message has no content.</summary>
    public static MessageError Empty(LocalMessage message) => new("EmptyMessage", ErrorCategory.InvalidData, $"{message.DisplayName} is empty.", null);

    /// <summary>The content has no mail headers.</summary>
    public static MessageError NoHeaders(LocalMessage message) => new(
        "InvalidMessage", ErrorCategory.InvalidData, $"{message.DisplayName} is not a mail message: no line of it is a header such as From or Subject.", "Specify the message as it was received, with its headers.");

    /// <summary>The server takes no sample that it cannot name.</summary>
    public static MessageError NoSubjectOrFrom(LocalMessage message) => new(
        "SubjectAndFromMissing", ErrorCategory.InvalidData, $"{message.DisplayName} has neither a subject nor a sender (header From). A server from 0.16 on does not learn from such a message.", "Specify the message as it was received, with its headers, or leave it out.");

    /// <summary>The content is another format that holds mail.</summary>
    public static MessageError Foreign(LocalMessage message, ForeignFormat format) => new(
        "MessageFormatNotSupported", ErrorCategory.InvalidData, $"{message.DisplayName} is not a mail message: it is {format.Name}. {format.Advice}", format.Advice);
}
