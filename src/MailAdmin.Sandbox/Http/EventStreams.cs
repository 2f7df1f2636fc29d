namespace MailAdmin.Sandbox.Http;

/// <summary>Opens and counts the live streams of a server, so that a test can see whether a closed connection was noticed.</summary>
internal sealed class EventStreams
{
    public const string MediaType = "text/event-stream";

    private int _openedCount;
    private int _openCount;

    /// <summary>How many were opened since the start.</summary>
    public int OpenedCount => Volatile.Read(ref _openedCount);

    /// <summary>How many are open at this moment.</summary>
    public int OpenCount => Volatile.Read(ref _openCount);

    /// <summary>A response that is written event by event. It ends when <paramref name="write"/> returns or the caller disconnects.</summary>
    public SandboxResponse CreateResponse(Func<ServerSentEventWriter, CancellationToken, Task> write) => new(200, MediaType, (destination, cancellationToken) => RunAsync(destination, write, cancellationToken))
    {
        Headers = [KeyValuePair.Create("Cache-Control", "no-store")],
    };

    private async Task RunAsync(Stream destination, Func<ServerSentEventWriter, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _openedCount);
        Interlocked.Increment(ref _openCount);
        try
        {
            var writer = new ServerSentEventWriter(destination);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            await write(writer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _openCount);
        }
    }
}
