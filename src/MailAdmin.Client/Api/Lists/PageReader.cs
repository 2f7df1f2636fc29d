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
        ResponseStream stream = await ResponseStream.OpenAsync(response, context, ResponseSize.MaxStreamed, cancellationToken).ConfigureAwait(false);
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

    private async IAsyncEnumerable<List<T>> ReadBatchesAsync(ResponseStream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var batch = new List<T>();
        try
        {
            int held = 0;
            int wanted = 1;
            bool isLast = false;
            while (!isLast)
            {
                int read = await stream.ReadAtLeastAsync(buffer.AsMemory(held), wanted, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                held += read;
                isLast = read < wanted;
                int done = ParseBuffer(buffer.AsSpan(0, held), isLast, batch);
                buffer.AsSpan(done, held - done).CopyTo(buffer);
                held -= done;
                yield return batch;
                batch.Clear();
                wanted = 1;
                if (held == buffer.Length)
                {
                    // One item is larger than the buffer. It is looked at again when the buffer is full, and not with every few bytes that arrive.
                    buffer = Grow(buffer);
                    wanted = buffer.Length - held;
                }
            }
        }
        finally
        {
            // Secrets may have passed through it.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private int ParseBuffer(ReadOnlySpan<byte> bytes, bool isLast, List<T> batch)
    {
        try
        {
            int done = parser.Feed(bytes, isLast, batch);
            if (isLast && !parser.IsComplete && parser.Fault.Error is null)
            {
                throw new JsonException("The answer is no list.");
            }
            return done;
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            ResponseBodyKind form = parser.HasStarted ? ResponseBodyClassifier.Classify(e) : ResponseBodyClassifier.Classify(bytes, response);
            throw FaultExceptions.CreateUnexpected(form, context, response.StatusCode, e);
        }
    }

    private byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= ResponseSize.MaxBuffered)
        {
            throw ResponseSize.CreateTooLarge(context, ResponseSize.MaxBuffered);
        }
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }
}
