using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dns;

/// <summary><c>GET /api/dns/records/{domain}</c>.</summary>
internal sealed class DnsEndpoint(DnsRecords records)
{
    public SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("domain-get");
        IReadOnlyList<DnsRecord> found = records.GetRecords(call.GetDecodedSegment(2));
        return Responses.Data(json =>
        {
            json.WriteStartArray();
            foreach (DnsRecord record in found)
            {
                json.WriteStartObject();
                json.WriteString("type"u8, record.Type);
                json.WriteString("name"u8, record.Name);
                json.WriteString("content"u8, record.Content);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
