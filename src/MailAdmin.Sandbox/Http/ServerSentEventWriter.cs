using System.Buffers;
using System.Text.Json;

namespace MailAdmin.Sandbox.Http;

/// <summary>Writes server-sent events as the server frames them: a name, one line of JSON, an empty line; each event is flushed at once.</summary>
internal sealed class ServerSentEventWriter(Stream destination)
{
    private readonly ArrayBufferWriter<byte> _frame = new(512);

    /// <summary>Flushes the stream; the first time, this sends the headers of the response.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => destination.FlushAsync(cancellationToken);

    /// <param name="name">The event's name.</param>
    /// <param name="writeData">Writes its one JSON value.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task WriteAsync(string name, Action<Utf8JsonWriter> writeData, CancellationToken cancellationToken)
    {
        _frame.ResetWrittenCount();
        _frame.Write("event: "u8);
        _frame.Write(System.Text.Encoding.UTF8.GetBytes(name));
        _frame.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(_frame, Responses.WriterOptions))
        {
            writeData(json);
        }

        _frame.Write("\n\n"u8);
        await destination.WriteAsync(_frame.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
