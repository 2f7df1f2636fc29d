using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailAdmin.Isolated.Csv;

/// <summary>What the bytes of a file say about its encoding.</summary>
/// <param name="FirstInvalid">The first byte that is no UTF-8; null in valid UTF-8.</param>
/// <param name="HasCharacters">Whether any character beyond ASCII is valid UTF-8. It may be by chance.</param>
/// <param name="IsMostlyUtf8">Whether most of what is beyond ASCII is valid UTF-8.</param>
/// <param name="HasBytesOutsideWindows1252">Whether there are bytes that Windows-1252 leaves undefined.</param>
/// <param name="MayBeDoubleByte">Whether most bytes beyond ASCII stand side by side, as where each character has two (Shift-JIS, GBK, EUC), and in words of Cyrillic letters.</param>
internal sealed record Utf8Survey(BytePlace? FirstInvalid, bool HasCharacters, bool IsMostlyUtf8, bool HasBytesOutsideWindows1252, bool MayBeDoubleByte)
{
    private const int ChunkLength = 64 * 1024;
    private static readonly SearchValues<byte> s_undefinedIn1252 = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    /// <summary>Reads the stream to its end.</summary>
    public static Utf8Survey Take(Stream stream)
    {
        var counter = new Counter();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            int kept = 0;
            while (true)
            {
                int read = stream.Read(bytes, kept, ChunkLength - kept);
                ReadOnlySpan<byte> chunk = bytes.AsSpan(0, kept + read);
                int used = counter.Count(chunk, isLast: read == 0);
                if (read == 0)
                {
                    return counter.Result;
                }
                kept = chunk.Length - used;
                chunk[used..].CopyTo(bytes);
            }
        }
        finally
        {
            // The file may hold passwords.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private sealed class Counter
    {
        private int _line = 1;
        private long _byteInLine;
        private byte _previous;

        private long _validCount;
        private long _invalidCount;
        private BytePlace? _firstInvalid;
        private bool _hasBytesOutsideWindows1252;
        private long _pairCount;

        public Utf8Survey Result => new(_firstInvalid, _validCount > 0, _validCount > _invalidCount, _hasBytesOutsideWindows1252, 2 * _pairCount >= _invalidCount);

        /// <summary>Counts whole characters; returns how many bytes they have.</summary>
        public int Count(ReadOnlySpan<byte> bytes, bool isLast)
        {
            _hasBytesOutsideWindows1252 |= bytes.ContainsAny(s_undefinedIn1252);
            int offset = 0;
            while (offset < bytes.Length)
            {
                if (bytes[offset] < 0x80)
                {
                    Step(bytes[offset], 1);
                    offset++;
                    continue;
                }
                OperationStatus status = Rune.DecodeFromUtf8(bytes[offset..], out _, out int length);
                if (status == OperationStatus.NeedMoreData && !isLast)
                {
                    break;
                }
                if (status == OperationStatus.Done)
                {
                    _validCount++;
                }
                else
                {
                    _invalidCount++;
                    _pairCount += _previous >= 0x80 ? 1 : 0;
                    _firstInvalid ??= new BytePlace(_line, _byteInLine + 1, bytes[offset]);
                }
                Step(bytes[offset], length);
                offset += length;
            }
            return offset;
        }

        private void Step(byte first, int length)
        {
            bool endsLine = first == (byte)'\r' || (first == (byte)'\n' && _previous != (byte)'\r');
            if (endsLine)
            {
                _line++;
            }
            _byteInLine = endsLine || first == (byte)'\n' ? 0 : _byteInLine + length;
            _previous = first;
        }
    }
}

/// <summary>Where a byte is.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Position">The byte of the line, from 1.</param>
/// <param name="Value">The byte.</param>
internal sealed record BytePlace(int Line, long Position, byte Value)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Line {Line}, byte {Position} (0x{Value:X2}) is not UTF-8");
}
