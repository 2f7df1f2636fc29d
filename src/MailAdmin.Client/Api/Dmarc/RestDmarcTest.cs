using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dmarc;

/// <summary>The test of a server before 0.16 (docs/api.md §6.14).</summary>
internal sealed class RestDmarcTest(ApiChannel channel) : IDmarcTest
{
    public Task<MailDmarcResult> TestAsync(DmarcQuery query, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.TestDmarc);
        byte[] body = BodySize.CheckMessage(SerializeBody(query), context.Operation);
        return channel.ReadAsync(context, channel.Uri.For(Operations.TestDmarc), DmarcResultReader.Read, cancellationToken, body);
    }

    private static byte[] SerializeBody(DmarcQuery query)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, MessageJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("remoteIp"u8, WireAddress.Format(query.RemoteIp));
            writer.WriteString("ehloDomain"u8, query.EhloDomain);
            writer.WriteString("mailFrom"u8, query.From);
            if (!query.Message.IsEmpty)
            {
                writer.WriteString("body"u8, query.Message.Span);
            }
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
