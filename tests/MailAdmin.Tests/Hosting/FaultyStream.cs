namespace MailAdmin.Tests.Hosting;

/// <summary>A body that begins well, and then does what <paramref name="then"/> says.</summary>
internal sealed class FaultyStream(byte[] beginning, Func<FaultyStream, Memory<byte>, CancellationToken, ValueTask<int>> then) : ReadOnlyStream
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    /// <summary>It ends.</summary>
    public static Func<FaultyStream, Memory<byte>, CancellationToken, ValueTask<int>> End { get; } = static (_, _, _) => ValueTask.FromResult(0);

    /// <summary>The letter a, for ever.</summary>
    public static Func<FaultyStream, Memory<byte>, CancellationToken, ValueTask<int>> Endless { get; } = static (_, buffer, _) =>
    {
        buffer.Span.Fill((byte)'a');
        return ValueTask.FromResult(buffer.Length);
    };

    /// <summary>As the platform throws it for a broken gzip.</summary>
    public static Func<FaultyStream, Memory<byte>, CancellationToken, ValueTask<int>> Damage { get; } =
        static (_, _, _) => throw new InvalidDataException("The archive entry was compressed using an unsupported compression method.");

    /// <summary>Nothing comes any more.</summary>
    public static Func<FaultyStream, Memory<byte>, CancellationToken, ValueTask<int>> Silence { get; } = static async (stream, _, cancellationToken) =>
    {
        stream._stalled.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return 0;
    };

    /// <summary>Ends when somebody waits in vain.</summary>
    public Task Stalled => _stalled.Task;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = (int)Math.Clamp(beginning.Length - _position, 0, buffer.Length);
        if (read > 0)
        {
            beginning.AsMemory((int)_position, read).CopyTo(buffer);
        }
        else
        {
            read = await then(this, buffer, cancellationToken);
        }
        _position += read;
        return read;
    }
}
