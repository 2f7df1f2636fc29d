using System.IO.Pipelines;
using System.Net;

namespace MailAdmin.Sandbox.Http;

/// <summary>The body of a response as HttpClient reads it: a live stream can be read while it is written.</summary>
internal sealed class SandboxContent(SandboxResponse response) : HttpContent
{
    private readonly CancellationTokenSource _aborted = new();
    private bool _isAborted;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => WriteAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        WriteAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = response.ContentLength ?? 0;
        return response.ContentLength is not null;
    }

    protected override Task<Stream> CreateContentReadStreamAsync()
    {
        if (response.IsBuffered)
        {
            return Task.FromResult<Stream>(new MemoryStream(response.Body.ToArray(), writable: false));
        }

        var pipe = new Pipe();
        _ = PumpAsync(pipe.Writer);
        return Task.FromResult<Stream>(new CancelOnCloseStream(pipe.Reader.AsStream(), Abort));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Abort();
        }

        base.Dispose(disposing);
    }

    private void Abort()
    {
        // Without a timer or a wait handle there is nothing to dispose in it, and the writer may still use it.
        if (!Interlocked.Exchange(ref _isAborted, true))
        {
            _aborted.Cancel();
        }
    }

    /// <summary>A broken connection throws the same exception as a socket.</summary>
    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await response.WriteToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, broken.Message, broken);
        }
    }

    private async Task PumpAsync(PipeWriter writer)
    {
        CancellationToken stop = _aborted.Token;
        try
        {
            // Off the reader's thread: a body may wait for the clock, or for the reader.
            await Task.Yield();
            await WriteAsync(writer.AsStream(leaveOpen: true), stop).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Every failure has to reach the reader, and nothing else would report it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }
}
