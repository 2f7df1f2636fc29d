using System.Buffers.Binary;
using System.IO.Compression;
using MailAdmin.Client;
using MailAdmin.Isolated.Mime;
using MailAdmin.PowerShell.Binding;

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
    // Of an .emlx, which has a list of properties behind the message.
    private const int MaxSurplus = 64 * 1024;

    /// <summary>What it is instead of a message; null for what may be one.</summary>
    public ForeignFormat? ForeignFormat { get; init; }

    /// <summary>A message that was passed as text or bytes.</summary>
    public static LocalMessage FromBytes(byte[] content) => ForeignFormat.Find(content.AsSpan(0, Math.Min(content.Length, ForeignFormat.HeadLength)), null) is { } foreign
        ? new LocalMessage(null, null, null, content.Length, null, 1) { ForeignFormat = foreign }
        : FromContent(null, content.Length, content);

    /// <summary>The message's name in errors and warnings.</summary>
    public string DisplayName => Path is null ? "The message" : Number is null ? $"'{Path}'" : $"Message {Number} of '{Path}' (at byte {Offset})";

    /// <summary>Reads the messages of a file, one at a time; of those that are too large, only the size.</summary>
    /// <exception cref="IOException">The file cannot be read; also thrown while enumerating.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="FormatException">It is to be read as an mbox and is not one.</exception>
    /// <exception cref="InvalidDataException">It is compressed, and damaged.</exception>
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
        byte[] head = ReadHead(stream);
        bool isCompressed = ForeignFormat.IsGzip(head);
        if (isCompressed)
        {
            ThrowIfIncomplete(stream, path, cancellationToken);
            using (Stream content = Decompress(stream))
            {
                head = ReadHead(content);
            }
            stream.Position = 0;
        }
        using Stream text = isCompressed ? Decompress(stream) : stream;
        if (ForeignFormat.Find(head, path) is { } foreign)
        {
            yield return new LocalMessage(path, null, null, stream.Length, null, 1) { ForeignFormat = foreign };
        }
        else if (format == MessageFormat.Mbox || (format == MessageFormat.Auto && MboxReader.IsMbox(MessageBytes.Trim(head))))
        {
            foreach (MboxMessage message in MboxReader.Read(text, SpamResource.MaxMessageSize, cancellationToken))
            {
                double progress = (double)(isCompressed ? stream.Position : message.EndOffset) / Math.Max(1, stream.Length);
                yield return new LocalMessage(path, message.Number, message.Offset, message.Size, message.Content, Math.Min(1, progress));
            }
        }
        else
        {
            yield return ReadOne(path, text, cancellationToken);
        }
    }

    private static LocalMessage ReadOne(string path, Stream text, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        while (text.Read(buffer) is > 0 and int read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            size += read;
            // A small file may be large when it is decompressed: the rest is counted, not kept.
            if (size <= SpamResource.MaxMessageSize + MaxSurplus)
            {
                content.Write(buffer, 0, read);
            }
        }
        return FromContent(path, size, content.Length == size ? content.ToArray() : null);
    }

    private static LocalMessage FromContent(string? path, long size, byte[]? content)
    {
        if (content is null)
        {
            return new LocalMessage(path, null, null, size, null, 1);
        }
        return MessageBytes.TryFindMessage(content, out ReadOnlySpan<byte> message)
            ? new LocalMessage(path, null, null, message.Length, message.ToArray(), 1)
            : new LocalMessage(path, null, null, size, null, 1) { ForeignFormat = ForeignFormat.IncompleteEmlx };
    }

    // .NET takes a file that was cut off for one that has ended. Its last four bytes say how long its content is.
    private static void ThrowIfIncomplete(FileStream stream, string path, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        uint size = 0;
        using (Stream content = Decompress(stream))
        {
            while (content.Read(buffer) is > 0 and int read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                size = unchecked(size + (uint)read);
            }
        }
        stream.Seek(-Math.Min(stream.Length, sizeof(uint)), SeekOrigin.End);
        int end = stream.ReadAtLeast(buffer.AsSpan(0, sizeof(uint)), sizeof(uint), throwOnEndOfStream: false);
        stream.Position = 0;
        if (end < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(buffer) != size)
        {
            throw new InvalidDataException($"It is compressed with gzip, and not complete, or several files in one. To see which, and for the content of several: gzip -dk {QuotedText.Quote(path)}");
        }
    }

    private static GZipStream Decompress(FileStream stream) => new(stream, CompressionMode.Decompress, leaveOpen: true);

    private static byte[] ReadHead(Stream stream)
    {
        byte[] head = new byte[ForeignFormat.HeadLength];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (stream.CanSeek)
        {
            stream.Position = 0;
        }
        return head[..read];
    }
}
