
namespace MailAdmin.Sandbox;

/// <summary>A response, or a closed connection in place of one.</summary>
public sealed class SandboxResponse
{
    private readonly Func<Stream, CancellationToken, Task>? _writer;
    private readonly ReadOnlyMemory<byte> _body;

    internal SandboxResponse(int status, string? contentType, ReadOnlyMemory<byte> body)
    {
        Status = status;
        ContentType = contentType;
        _body = body;
        ContentLength = body.Length;
    }

    internal SandboxResponse(int status, string contentType, Func<Stream, CancellationToken, Task> writer)
    {
        Status = status;
        ContentType = contentType;
        _writer = writer;
    }

    private SandboxResponse() => IsReset = true;

    /// <summary>True: no response at all, the connection is closed.</summary>
    public bool IsReset { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The media type with its parameters; null without one.</summary>
    public string? ContentType { get; }

    /// <summary>The body's length in bytes as announced; null for a live stream.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Headers besides those of the content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    internal static SandboxResponse Reset { get; } = new();

    /// <summary>Whether the whole body is in memory.</summary>
    internal bool IsBuffered => _writer is null;

    /// <summary>Whether it is a live stream, which may never end.</summary>
    internal bool IsEventStream => ContentType == Http.EventStreams.MediaType;

    internal ReadOnlyMemory<byte> Body => _body;

    /// <summary>Writes the body. Throws <see cref="IOException"/> where the connection has to break in the middle of it.</summary>
    public async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (_writer is null)
        {
            await destination.WriteAsync(_body, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _writer(destination, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same response, if buffered, with other headers.</summary>
    internal SandboxResponse WithHeaders(IReadOnlyList<KeyValuePair<string, string>> headers) => new(Status, ContentType, _body) { Headers = headers };

    internal SandboxResponse WithBody(Func<Stream, CancellationToken, Task> replacement) =>
        new(Status, ContentType ?? "", replacement) { ContentLength = ContentLength, Headers = Headers };
}
