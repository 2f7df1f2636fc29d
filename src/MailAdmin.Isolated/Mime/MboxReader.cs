// MimeKit's own reader of the format ends at the first message without headers and takes a sentence that begins with "From " for the next
// message; this one returns every message, valid or not, and reads on after it.
using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Isolated.Mime;

/// <summary>Reads the messages of an mbox one at a time (RFC 4155), however large the file is.</summary>
public static partial class MboxReader
{
    private static ReadOnlySpan<byte> Marker => "From "u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a file that begins like this is an mbox.</summary>
    public static bool IsMbox(ReadOnlySpan<byte> start) => (start.StartsWith(ByteOrderMark) ? start[ByteOrderMark.Length..] : start).StartsWith(Marker);

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
            long? marker = SkipToFirst(lines);
            for (int number = 1; marker is { } offset; number++)
            {
                var message = new MessageCollector(maxMessageSize);
                marker = ReadMessage(lines, message, cancellationToken);
                yield return new MboxMessage(number, offset, marker ?? lines.Offset, message.Size, message.Content);
            }
        }
    }

    private static long? SkipToFirst(LineChunkReader lines)
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
    private static long? ReadMessage(LineChunkReader lines, MessageCollector message, CancellationToken cancellationToken)
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
            // The first line may be the next marker already: a message without a byte. Some writers omit the blank line, but none omits the sender and the whole date.
            if (beginsLine && IsMarker(line) && (afterBlank || message.IsEmpty || FullMarkerPattern().IsMatch(Encoding.Latin1.GetString(line))))
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

    // Every writer of the format puts the time there; a sentence that begins with the word has none.
    private static bool IsMarker(ReadOnlySpan<byte> line)
    {
        if (!IsMbox(line))
        {
            return false;
        }
        for (int colon = line.IndexOf((byte)':'), from = 0; colon >= 0; colon = line[from..].IndexOf((byte)':'))
        {
            from += colon + 1;
            if (from >= 2 && from + 1 < line.Length && char.IsAsciiDigit((char)line[from - 2]) && char.IsAsciiDigit((char)line[from]) && char.IsAsciiDigit((char)line[from + 1]))
            {
                return true;
            }
        }
        return false;
    }

    [GeneratedRegex(@"^From \S+\s+(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+[0-9]{1,2}\s+[0-9]{2}:[0-9]{2}(:[0-9]{2})?\s.*[0-9]{4}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex FullMarkerPattern();

    private static bool IsQuoted(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] == '>' && line.TrimStart((byte)'>').StartsWith(Marker);

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
