using System.Globalization;

namespace MailAdmin.Client.Calls;

/// <summary>
/// The body of an answer that is read as it arrives. It becomes an error of ours when nothing arrives for too long, when there is no end to it, and when
/// the connection or the compression breaks. The reader's own pauses are not silence of the server.
/// </summary>
internal sealed class ResponseStream : Stream
{
    private readonly Stream _source;
    private readonly ApiRequestContext _context;
    private readonly TimeSpan _idleTimeout;
    private readonly long _maxBytes;
    private long _total;
    private long _sinceRestart;

    private ResponseStream(Stream source, ApiRequestContext context, long maxBytes, TimeSpan idleTimeout) =>
        (_source, _context, _maxBytes, _idleTimeout) = (source, context, maxBytes, idleTimeout);

    /// <summary>Opens a body.</summary>
    /// <param name="response">The answer, which closes the body.</param>
    /// <param name="context">The call.</param>
    /// <param name="maxBytes">How many bytes at most.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <param name="idleTimeout">How long nothing may arrive; null = as long as the call says.</param>
    public static async Task<ResponseStream> OpenAsync(
        HttpResponseMessage response, ApiRequestContext context, long maxBytes, CancellationToken cancellationToken, TimeSpan? idleTimeout = null) =>
        new(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), context, maxBytes, idleTimeout ?? context.IdleTimeout);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => _total; set => throw new NotSupportedException(); }

    /// <summary>Counts the bytes from 0 again: what was read is a whole, and what follows another one.</summary>
    public void RestartCount() => _sinceRestart = 0;

    /// <summary>All that is left.</summary>
    public async Task<byte[]> ReadToEndAsync(CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        await CopyToAsync(all, cancellationToken).ConfigureAwait(false);
        return all.ToArray();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await ReadInTimeAsync(buffer, cancellationToken).ConfigureAwait(false);
        _total += read;
        _sinceRestart += read;
        return _sinceRestart <= _maxBytes ? read : throw ResponseSize.CreateTooLarge(_context, _maxBytes);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using TimeLimit? idle = _idleTimeout == Timeout.InfiniteTimeSpan ? null : new TimeLimit(_idleTimeout, _context.Time, cancellationToken);
        try
        {
            return await _source.ReadAsync(buffer, idle?.Token ?? cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (idle is { IsOver: true })
        {
            string message = string.Create(
                CultureInfo.InvariantCulture, $"The response stopped arriving after {_total} bytes: nothing came for {_idleTimeout.TotalSeconds:0.#} seconds.");
            throw new MailServerException(MailErrorCode.TimedOut, _context.Operation, message, e) { MayHaveBeenExecuted = _context.Operation.Method != HttpMethod.Get };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportErrorClassifier.IsDamagedCompression(e))
        {
            throw TransportExceptions.Create(TransportErrorClassifier.CreateDamaged(e), _context);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportErrorClassifier.Classify(e) != TransportError.None)
        {
            throw TransportExceptions.Create(e, _context);
        }
    }
}
