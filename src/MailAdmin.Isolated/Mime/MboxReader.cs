// MimeKit's own reader of the format ends at the first message without headers and takes a sentence that begins with "From " for the next
// message; this one returns every message, valid or not, and reads on after it.
using System.Buffers;

namespace MailAdmin.Isolated.Mime;

/// <summary>Reads the messages of an mbox one at a time (RFC 4155), however large the file is.</summary>
public static class MboxReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a file that begins like this is an mbox.</summary>
    public static bool IsMbox(ReadOnlySpan<byte> start) => (start.StartsWith(ByteOrderMark) ? start[ByteOrderMark.Length..] : start).StartsWith(MboxMarker.Start);

    /// <summary>The messages, in order. The stream stays open.</summary>
    /// <param name="stream">The mbox.</param>
    /// <param name="maxMessageSize">How many bytes of a message to keep at most; of a larger one only the position and the size are returned.</param>
    /// <param name="cancellationToken">Cancels, also within a long message.</param>
    /// <exception cref="FormatException">The file does not begin with a <c>From </c> line.</exception>
    public static IEnumerable<MboxMessage> Read(Stream stream, int maxMessageSize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Enumerate();

        IEnumerable<MboxMessage> Enumerate()
        {
            var lines = new LineChunkReader(stream);
            var marks = new MboxMarker();
            long? marker = SkipToFirst(lines, marks);
            for (int number = 1; marker is { } offset; number++)
            {
                var message = new MessageCollector(maxMessageSize);
                marker = ReadMessage(lines, marks, message, cancellationToken);
                yield return new MboxMessage(number, offset, marker ?? lines.Offset, message.Size, message.Content);
            }
        }
    }

    private static long? SkipToFirst(LineChunkReader lines, MboxMarker marks)
    {
        while (true)
        {
            long offset = lines.Offset;
            ReadOnlySpan<byte> line = lines.Read(out _);
            if (line.IsEmpty)
            {
                return null;
            }
            if (IsMbox(line))
            {
                marks.Learn(line);
                SkipRest(lines, line);
                return offset;
            }
            if (!IsBlank(line))
            {
                throw new FormatException("It is not an mbox: an mbox begins with a line 'From …'.");
            }
        }
    }

    // Returns where the next message begins, or null at the end.
    private static long? ReadMessage(LineChunkReader lines, MboxMarker marks, MessageCollector message, CancellationToken cancellationToken)
    {
        bool afterBlank = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long offset = lines.Offset;
            ReadOnlySpan<byte> line = lines.Read(out bool beginsLine);
            if (line.IsEmpty)
            {
                return null;
            }
            // The first line may be the next marker already: a message without a byte.
            if (beginsLine && marks.IsMarker(line, afterBlank || message.IsEmpty))
            {
                SkipRest(lines, line);
                return offset;
            }
            afterBlank = beginsLine && IsBlank(line);
            message.Add(beginsLine && IsQuoted(line) ? line[1..] : line, afterBlank);
        }
    }

    private static void SkipRest(LineChunkReader lines, ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && piece[^1] != '\n')
        {
            piece = lines.Read(out _);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.SequenceEqual("\n"u8) || line.SequenceEqual("\r\n"u8);

    private static bool IsQuoted(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] == '>' && line.TrimStart((byte)'>').StartsWith(MboxMarker.Start);

    /// <summary>Gathers one message. A blank line is held back, since the last one belongs to the file rather than to the message.</summary>
    private sealed class MessageCollector(int maxSize)
    {
        private ArrayBufferWriter<byte>? _content = new();
        private byte[] _blank = [];

        public long Size { get; private set; }

        public bool IsEmpty => Size == 0 && _blank.Length == 0;

        public byte[]? Content => _content?.WrittenSpan.ToArray();

        public void Add(ReadOnlySpan<byte> line, bool isBlank)
        {
            Write(_blank);
            _blank = isBlank ? line.ToArray() : [];
            if (!isBlank)
            {
                Write(line);
            }
        }

        private void Write(ReadOnlySpan<byte> bytes)
        {
            Size += bytes.Length;
            if (Size > maxSize)
            {
                _content = null;
            }
            _content?.Write(bytes);
        }
    }
}
