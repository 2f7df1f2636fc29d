namespace MailAdmin.Isolated.Mime;

/// <summary>Reads a stream line by line without ever holding more than a buffer of it: a longer line comes in pieces.</summary>
internal sealed class LineChunkReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _insideLine;

    /// <summary>Where the next piece begins, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>The next piece with its line end; empty at the end of the stream.</summary>
    public ReadOnlySpan<byte> Read(out bool beginsLine)
    {
        beginsLine = !_insideLine;
        int newline = Fill();
        int length = newline < 0 ? _end - _start : newline + 1;
        ReadOnlySpan<byte> piece = _buffer.AsSpan(_start, length);
        _insideLine = newline < 0;
        _start += length;
        Offset += length;
        return piece;
    }

    // A line end, or a full buffer, or the end of the stream: so that the first piece of a line shows what the line is.
    private int Fill()
    {
        int searched = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return searched + newline;
            }
            searched = _end - _start;
            if (_ended || searched == _buffer.Length)
            {
                return -1;
            }
            if (_end == _buffer.Length)
            {
                _buffer.AsSpan(_start, searched).CopyTo(_buffer);
                (_start, _end) = (0, searched);
            }
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            _ended = read == 0;
            _end += read;
        }
    }
}
