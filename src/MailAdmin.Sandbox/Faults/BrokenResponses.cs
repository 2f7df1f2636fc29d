namespace MailAdmin.Sandbox.Faults;

/// <summary>Answers that arrive badly: cut short, or in drips.</summary>
internal static class BrokenResponses
{
    private const int DripChunks = 20;

    /// <summary>The announced length is that of the whole, half of it comes, then the connection breaks.</summary>
    public static SandboxResponse Truncate(SandboxResponse answer) => answer.WithBody(async (destination, cancellationToken) =>
    {
        ReadOnlyMemory<byte> whole = await ReadAllAsync(answer, cancellationToken).ConfigureAwait(false);
        await destination.WriteAsync(whole[..(whole.Length / 2)], cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        throw new IOException("The connection broke in the middle of the answer.");
    });

    public static SandboxResponse Drip(SandboxResponse answer, TimeSpan pause, TimeProvider clock) => answer.WithBody(async (destination, cancellationToken) =>
    {
        ReadOnlyMemory<byte> whole = await ReadAllAsync(answer, cancellationToken).ConfigureAwait(false);
        await DripAsync(destination, whole, pause, clock, cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Writes something in pieces.</summary>
    public static async Task DripAsync(Stream destination, ReadOnlyMemory<byte> rest, TimeSpan pause, TimeProvider clock, CancellationToken cancellationToken)
    {
        int size = Math.Max(1, rest.Length / DripChunks);
        for (; rest.Length > 0; rest = rest[Math.Min(size, rest.Length)..])
        {
            await destination.WriteAsync(rest[..Math.Min(size, rest.Length)], cancellationToken).ConfigureAwait(false);
            await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(SandboxResponse answer, CancellationToken cancellationToken)
    {
        if (answer.IsBuffered)
        {
            return answer.Body;
        }

        using var whole = new MemoryStream();
        await answer.WriteToAsync(whole, cancellationToken).ConfigureAwait(false);
        return whole.ToArray();
    }
}
