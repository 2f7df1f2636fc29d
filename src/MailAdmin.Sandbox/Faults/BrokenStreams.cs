namespace MailAdmin.Sandbox.Faults;

/// <summary>Faulty live streams: cut in the middle of an event, silent, or slow. An event is written as a whole, so each write is an event.</summary>
internal static class BrokenStreams
{
    public static SandboxResponse Truncate(SandboxResponse response, int afterEvents)
    {
        return response.WithBody((destination, cancellationToken) =>
        {
            int remaining = afterEvents;
            return response.WriteToAsync(new EventInterceptor(destination, WriteAsync), cancellationToken);

            async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken stop)
            {
                await destination.WriteAsync(remaining-- > 0 ? data : data[..(data.Length / 2)], stop).ConfigureAwait(false);
                await destination.FlushAsync(stop).ConfigureAwait(false);
                if (remaining < 0)
                {
                    throw new IOException("The connection broke in the middle of the stream.");
                }
            }
        });
    }

    public static SandboxResponse Silence(SandboxResponse response, int afterEvents)
    {
        return response.WithBody((destination, cancellationToken) =>
        {
            int remaining = afterEvents;
            return response.WriteToAsync(new EventInterceptor(destination, WriteAsync), cancellationToken);

            async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken stop)
            {
                if (remaining-- <= 0)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
                }

                await destination.WriteAsync(data, stop).ConfigureAwait(false);
            }
        });
    }

    public static SandboxResponse Drip(SandboxResponse response, TimeSpan pause, TimeProvider clock) => response.WithBody((destination, cancellationToken) =>
        response.WriteToAsync(
            new EventInterceptor(destination, (data, stop) => new ValueTask(BrokenResponses.DripAsync(destination, data, pause, clock, stop))), cancellationToken));
}
