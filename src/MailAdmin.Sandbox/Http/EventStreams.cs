namespace MailAdmin.Sandbox.Http;

/// <summary>The live streams of a server: opens them and counts them, so that a test can see whether a caller that left was noticed.</summary>
internal sealed class EventStreams
{
    public const string MediaType = "text/event-stream";

    private int _openedCount;
    private int _openCount;

    /// <summary>How many were ever opened.</summary>
    public int OpenedCount => Volatile.Read(ref _openedCount);

    /// <summary>How many are open at this moment.</summary>
    public int OpenCount => Volatile.Read(ref _openCount);

    /// <summary>An answer that is written as events arise. It ends when <paramref name="write"/> returns or the caller goes away.</summary>
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
