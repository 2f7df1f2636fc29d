// /dns: what to publish for a domain.
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The DNS records that a domain needs (docs/api.md §6.2).</summary>
public sealed class DnsResource
{
    private readonly ApiChannel _channel;

    internal DnsResource(ApiChannel channel) => _channel = channel;

    /// <summary>The records to publish for a domain (GET /dns/records/{domain}). The server answers for domains it does not know, too.</summary>
    /// <param name="domain">The domain; sent in lower case, since the server looks for its signatures byte for byte.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The records in the order of the server.</returns>
    /// <exception cref="ArgumentException">The text is not a domain.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>domain-get</c>.</exception>
    public Task<IReadOnlyList<MailDnsRecord>> GetRecordsAsync(string domain, CancellationToken cancellationToken)
    {
        string plain = DomainName.Normalize(domain);
        var context = new ApiRequestContext(Operations.ListDnsRecords);
        return _channel.ReadAsync<IReadOnlyList<MailDnsRecord>>(context, _channel.Uri.For(Operations.ListDnsRecords, plain), (ref Utf8JsonReader reader) => Read(ref reader, plain), cancellationToken);
    }

    internal static List<MailDnsRecord> Read(ref Utf8JsonReader reader, string domain)
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
