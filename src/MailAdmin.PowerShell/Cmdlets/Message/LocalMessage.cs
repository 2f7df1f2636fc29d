using MailAdmin.Client;
using MailAdmin.Isolated.Mime;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A message on this machine.</summary>
/// <param name="Path">The file; null for a message that was passed as text or bytes.</param>
/// <param name="Number">Its position in an mbox, counted from 1; null if the file is one message.</param>
/// <param name="Offset">Where it begins in an mbox, in bytes.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Content">Its bytes; null if there are more than the server accepts.</param>
/// <param name="FileProgress">How much of the file has been read after this message, from 0 to 1.</param>
internal sealed record LocalMessage(string? Path, int? Number, long? Offset, long Size, byte[]? Content, double FileProgress)
{
    /// <summary>A message that was passed as text or bytes.</summary>
    public static LocalMessage FromBytes(byte[] content) => new(null, null, null, content.Length, content, 1);

    /// <summary>The message's name in errors and warnings.</summary>
    public string DisplayName => Path is null ? "The message" : Number is null ? $"'{Path}'" : $"Message {Number} of '{Path}' (at byte {Offset})";

    /// <summary>Reads the messages of a file, one at a time; of those that are too large, only the size.</summary>
    /// <exception cref="IOException">The file cannot be read; also thrown while enumerating.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="FormatException">It is to be read as an mbox and is not one.</exception>
    public static IEnumerable<LocalMessage> ReadFile(string path, MessageFormat format, CancellationToken cancellationToken)
    {
        // Not opened: a pipe has length 0 too, and opening one waits until another process writes to it.
        var file = new FileInfo(path);
        if (((file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo) ?? file) is { Exists: true, Length: 0 })
        {
            yield return new LocalMessage(path, null, null, 0, [], 1);
            yield break;
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!stream.CanSeek)
        {
            throw new IOException("It is not a regular file. Write its content to a file first.");
        }
        if (format == MessageFormat.Mbox || (format == MessageFormat.Auto && IsMbox(stream)))
        {
            foreach (MboxMessage message in MboxReader.Read(stream, SpamResource.MaxMessageSize, cancellationToken))
            {
                yield return new LocalMessage(path, message.Number, message.Offset, message.Size, message.Content, Math.Min(1, (double)message.EndOffset / Math.Max(1, stream.Length)));
            }
            yield break;
        }
        long size = stream.Length;
        byte[]? content = size > SpamResource.MaxMessageSize ? null : new byte[size];
        if (content is not null)
        {
            stream.ReadExactly(content);
        }
        yield return new LocalMessage(path, null, null, size, content, 1);
    }

    private static bool IsMbox(FileStream stream)
    {
        Span<byte> start = stackalloc byte[8];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return MboxReader.IsMbox(start[..read]);
    }
}
