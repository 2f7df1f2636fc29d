// /troubleshoot/dmarc: what the server would find about mail from somewhere.
using System.Text.Json;
using MailAdmin.Client.Api.Dmarc;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The test of SPF, DKIM and DMARC (docs/api.md §6.14).</summary>
public sealed class DmarcTestResource
{
    private readonly ApiChannel _channel;

    internal DmarcTestResource(ApiChannel channel) => _channel = channel;

    /// <summary>Tests mail against SPF, DKIM and DMARC (POST /troubleshoot/dmarc). The server asks the DNS, so it may take some seconds.</summary>
    /// <param name="query">The message and where it seems to come from.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The results.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>troubleshoot</c>; <c>RejectedByClient</c> when the message is
    /// too large; <c>RejectedByServer</c> when the server cannot read it.</exception>
    public async Task<MailDmarcResult> TestAsync(DmarcQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(query.RemoteIp, nameof(query));
        ArgumentException.ThrowIfNullOrWhiteSpace(query.EhloDomain, nameof(query));
        ArgumentNullException.ThrowIfNull(query.From, nameof(query));
        var context = new ApiRequestContext(Operations.TestDmarc);
        byte[] body = BodySize.CheckMessage(SerializeBody(query), context.Operation);
        MailDmarcResult result = await _channel.ReadAsync(context, _channel.Uri.For(Operations.TestDmarc), DmarcResultReader.Read, cancellationToken, body).ConfigureAwait(false);
        (result.RemoteIp, result.EhloDomain, result.From) = (WireAddress.Format(query.RemoteIp), query.EhloDomain, query.From);
        (result.Path, result.Number) = (query.Path, query.Number);
        return result;
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
