// One page of a list, read as it arrives.
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Api.Lists;

/// <summary>Reads one page of a list from an answer while it arrives. Holds no more of it than what one buffer holds.</summary>
internal sealed class PageReader<T>(ListParser<T> parser, HttpResponseMessage response, Call call)
{
    private const int BufferSize = 32 * 1024;

    /// <summary>The server's total, once the page is read.</summary>
    public long? Total => parser.Total;

    public async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AnswerReader.EnsureSuccessAsync(response, call, cancellationToken).ConfigureAwait(false);
        if (!AnswerReader.IsJson(response))
        {
            byte[] body = await AnswerReader.ReadBytesAsync(response, call, cancellationToken).ConfigureAwait(false);
            if (BodyForms.Of(body, response) is BodyForm.Html or BodyForm.Empty or BodyForm.Other)
            {
                throw AnswerReader.NotJson(body, response, call, null);
            }
        }
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (List<T> batch in BatchesAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in batch)
            {
                yield return item;
            }
        }
        if (parser.Fault.Error is not null)
        {
            throw FaultExceptions.FromManagement(parser.Fault, call, response.StatusCode);
        }
    }

    private async IAsyncEnumerable<List<T>> BatchesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
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
                int done = Feed(buffer.AsSpan(0, held), isLast, batch);
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
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && TransportFaults.Of(e) != TransportFault.None)
        {
            throw TransportExceptions.From(e, call);
        }
    }

    private int Feed(ReadOnlySpan<byte> bytes, bool isLast, List<T> batch)
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
        catch (Exception e) when (AnswerReader.IsUnreadable(e))
        {
            BodyForm form = parser.HasBegun ? BodyForm.BrokenJson : BodyForms.Of(bytes, response);
            throw FaultExceptions.Unexpected(form, call, response.StatusCode, e);
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
