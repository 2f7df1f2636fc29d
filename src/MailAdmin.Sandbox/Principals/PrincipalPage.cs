using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>A page of principals, written to the response in chunks so that a page of a hundred thousand needs little memory.</summary>
internal sealed class PrincipalPage(PrincipalStore store, PrincipalWriter writer, ReadOnlyMemory<Principal> items, int total, PrincipalField fields)
{
    private const int ChunkSize = 256;

    public SandboxResponse ToResponse() =>
        items.Length <= ChunkSize
            ? Responses.Object(200, json => WriteData(json, 0, items.Length))
            : new SandboxResponse(200, Responses.JsonMediaType, WriteInChunksAsync);

    private async Task WriteInChunksAsync(Stream destination, CancellationToken cancellationToken)
    {
        var json = new Utf8JsonWriter(destination, Responses.WriterOptions);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            for (int start = 0; start < items.Length; start += ChunkSize)
            {
                WriteData(json, start, Math.Min(start + ChunkSize, items.Length));
                await json.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            json.WriteEndObject();
        }
    }

    private void WriteData(Utf8JsonWriter json, int start, int end)
    {
        if (start == 0)
        {
            json.WriteStartObject("data"u8);
            json.WriteStartArray("items"u8);
        }

        // Names of groups and members are looked up while writing: once for the chunk, not once for each name.
        lock (store.Gate)
        {
            foreach (Principal principal in items.Span[start..end])
            {
                writer.Write(json, principal, fields);
            }
        }

        if (end == items.Length)
        {
            json.WriteEndArray();
            json.WriteNumber("total"u8, total);
            json.WriteEndObject();
        }
    }
}
