using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dns;

/// <summary>The records that a server before 0.16 tells (docs/api.md §6.2).</summary>
internal sealed class RestZone(ApiChannel channel) : IZone
{
    public Task<IReadOnlyList<MailDnsRecord>> GetRecordsAsync(string domain, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ListDnsRecords);
        return channel.ReadAsync<IReadOnlyList<MailDnsRecord>>(context, channel.Uri.For(Operations.ListDnsRecords, domain), (ref Utf8JsonReader reader) => Read(ref reader, domain), cancellationToken);
    }

    public static List<MailDnsRecord> Read(ref Utf8JsonReader reader, string domain)
    {
        reader.Expect(JsonTokenType.StartArray);
        var records = new List<MailDnsRecord>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Expect(JsonTokenType.StartObject);
            records.Add(ReadRecord(ref reader, domain));
        }
        return records;
    }

    private static MailDnsRecord ReadRecord(ref Utf8JsonReader reader, string domain)
    {
        (string type, string name, string content) = ("", "", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string member = reader.GetString()!;
            reader.Read();
            switch (member)
            {
                case "type": type = reader.GetString() ?? ""; break;
                case "name": name = reader.GetString() ?? ""; break;
                case "content": content = reader.GetString() ?? ""; break;
                default: reader.Skip(); break;
            }
        }
        return MailDnsRecord.Create(domain, type, name, content);
    }
}
