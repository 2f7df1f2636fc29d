using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Dns;

/// <summary><c>GET /api/dns/records/{domain}</c>.</summary>
internal sealed class DnsEndpoint(DnsRecords records) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call)
    {
        if (call.Method != "GET" || call.Element(1) != "records" || call.Path.Length < 3)
        {
            throw Refusal.NoSuchResource();
        }

        call.Caller.Require("domain-get");
        IReadOnlyList<DnsRecord> found = records.For(call.Decoded(2));
        return Answers.Data(json =>
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
