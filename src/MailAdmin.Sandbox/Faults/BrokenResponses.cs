namespace MailAdmin.Sandbox.Faults;

/// <summary>Responses that arrive truncated or slowly.</summary>
internal static class BrokenResponses
{
    private const int DripChunks = 20;

    /// <summary>Content-Length is that of the whole body, half of it is sent, then the connection is closed.</summary>
    public static SandboxResponse Truncate(SandboxResponse response) => response.WithBody(async (destination, cancellationToken) =>
    {
        ReadOnlyMemory<byte> body = await ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
        await destination.WriteAsync(body[..(body.Length / 2)], cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        throw new IOException("The connection broke in the middle of the answer.");
    });

    public static SandboxResponse Drip(SandboxResponse response, TimeSpan pause, TimeProvider clock) => response.WithBody(async (destination, cancellationToken) =>
    {
        ReadOnlyMemory<byte> body = await ReadAllAsync(response, cancellationToken).ConfigureAwait(false);
        await DripAsync(destination, body, pause, clock, cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Writes data in small pieces with a pause after each.</summary>
    public static async Task DripAsync(Stream destination, ReadOnlyMemory<byte> data, TimeSpan pause, TimeProvider clock, CancellationToken cancellationToken)
    {
        int size = Math.Max(1, data.Length / DripChunks);
        for (; data.Length > 0; data = data[Math.Min(size, data.Length)..])
        {
            await destination.WriteAsync(data[..Math.Min(size, data.Length)], cancellationToken).ConfigureAwait(false);
            await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(SandboxResponse response, CancellationToken cancellationToken)
    {
        if (response.IsBuffered)
        {
            return response.Body;
        }

        using var buffer = new MemoryStream();
        await response.WriteToAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer.ToArray();
    }
}
