using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Api.Lists;

/// <summary>Reads one page of a list from an answer while it arrives. Holds no more of it than what one buffer holds.</summary>
internal sealed class PageReader<T>(ListParser<T> parser, HttpResponseMessage response, ApiRequestContext context)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>The server's total, once the page is read.</summary>
    public long? Total => parser.Total;

    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ResponseReader.EnsureSuccessAsync(response, context, cancellationToken).ConfigureAwait(false);
        if (!ResponseBodyClassifier.IsJson(response))
        {
            byte[] body = await ResponseReader.ReadBytesAsync(response, context, cancellationToken).ConfigureAwait(false);
            if (ResponseBodyClassifier.Classify(body, response) is ResponseBodyKind.Html or ResponseBodyKind.Empty or ResponseBodyKind.Other)
            {
                throw ResponseReader.CreateUnexpectedResponse(body, response, context, null);
            }
        }
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (List<T> batch in ReadBatchesAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in batch)
            {
                yield return item;
            }
        }
        if (parser.Fault.Error is not null)
        {
            throw FaultExceptions.FromManagement(parser.Fault, context, response.StatusCode);
        }
    }

    private async IAsyncEnumerable<List<T>> ReadBatchesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var batch = new List<T>();
        try
        {
            int held = 0;
            bool isLast = false;
            while (!isLast)
            {
                int read = await ReadAsync(stream, buffer.AsMemory(held), cancellationToken).ConfigureAwait(false);
                held += read;
                isLast = read == 0;
                int done = ParseBuffer(buffer.AsSpan(0, held), isLast, batch);
                buffer.AsSpan(done, held - done).CopyTo(buffer);
                held -= done;
                yield return batch;
                batch.Clear();
                if (held == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }
        }
        finally
        {
            // Secrets may have passed through it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private async ValueTask<int> ReadAsync(Stream stream, Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(into, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportErrorClassifier.Classify(e) != TransportError.None)
        {
            throw TransportExceptions.Create(e, context);
        }
    }

    private int ParseBuffer(ReadOnlySpan<byte> bytes, bool isLast, List<T> batch)
    {
        try
        {
            int done = parser.Feed(bytes, isLast, batch);
            if (isLast && !parser.IsComplete && parser.Fault.Error is null)
            {
                throw new JsonException("The answer ends too early.");
            }
            return done;
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            ResponseBodyKind form = parser.HasStarted ? ResponseBodyKind.BrokenJson : ResponseBodyClassifier.Classify(bytes, response);
            throw FaultExceptions.CreateUnexpected(form, context, response.StatusCode, e);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }
}
