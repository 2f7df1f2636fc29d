namespace MailAdmin.Sandbox.Faults;

/// <summary>Live streams that go wrong: cut in the middle of an event, silent, or in drips. An event is written as a whole, so a write is an event.</summary>
internal static class BrokenStreams
{
    public static SandboxResponse Truncate(SandboxResponse answer, int afterEvents)
    {
        return answer.WithBody((destination, cancellationToken) =>
        {
            int left = afterEvents;
            return answer.WriteToAsync(new EventInterceptor(destination, WriteAsync), cancellationToken);

            async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken stop)
            {
                await destination.WriteAsync(left-- > 0 ? data : data[..(data.Length / 2)], stop).ConfigureAwait(false);
                await destination.FlushAsync(stop).ConfigureAwait(false);
                if (left < 0)
                {
                    throw new IOException("The connection broke in the middle of the stream.");
                }
            }
        });
    }

    public static SandboxResponse Silence(SandboxResponse answer, int afterEvents)
    {
        return answer.WithBody((destination, cancellationToken) =>
        {
            int left = afterEvents;
            return answer.WriteToAsync(new EventInterceptor(destination, WriteAsync), cancellationToken);

            async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken stop)
            {
                if (left-- <= 0)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false);
                }

                await destination.WriteAsync(data, stop).ConfigureAwait(false);
            }
        });
    }

    public static SandboxResponse Drip(SandboxResponse answer, TimeSpan pause, TimeProvider clock) => answer.WithBody((destination, cancellationToken) =>
        answer.WriteToAsync(
            new EventInterceptor(destination, (data, stop) => new ValueTask(BrokenResponses.DripAsync(destination, data, pause, clock, stop))), cancellationToken));
}
