namespace MailAdmin.Isolated.Mime;

/// <summary>One message of an mbox.</summary>
/// <param name="Number">Its place in the file, counted from 1.</param>
/// <param name="Offset">Where its <c>From </c> line begins, in bytes.</param>
/// <param name="EndOffset">Where the next one's begins, or the file ends.</param>
/// <param name="Size">Its length in bytes, without the <c>From </c> line and with the quoting undone.</param>
/// <param name="Content">Its bytes; null when there are more than the reader keeps.</param>
public sealed record MboxMessage(int Number, long Offset, long EndOffset, long Size, byte[]? Content);
