namespace MailAdmin.Tests.Hosting;

/// <summary>A body whose connection ends after so many bytes.</summary>
internal sealed class DisconnectingStream(Stream inner, int after) : ReadOnlyStream
{
    private int _left = after;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        }
        int read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }
}

/// <summary>A body that arrives in pieces of so many bytes.</summary>
internal sealed class ChunkedStream(byte[] whole, int piece) : ReadOnlyStream
{
    private int _sent;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        int read = Math.Min(Math.Min(buffer.Length, piece), whole.Length - _sent);
        whole.AsMemory(_sent, read).CopyTo(buffer);
        _sent += read;
        return read;
    }
}

/// <summary>A body that begins and never goes on.</summary>
internal sealed class StallingStream(byte[] start) : ReadOnlyStream
{
    private bool _sent;

    public bool IsDisposed { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_sent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        _sent = true;
        start.CopyTo(buffer);
        return start.Length;
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}

/// <summary>What bodies have in common.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
