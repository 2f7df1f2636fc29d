using System.Text.Json;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dns;

/// <summary>The records that a server from 0.16 on tells: as the text of a zone, of its own domains (docs/api-0.16.md §8.4).</summary>
internal sealed class JmapZone(JmapChannel channel, PrincipalResource principals) : IZone
{
    private const string Type = "x:Domain";
    private const string ZoneProperty = "dnsZoneFile";

    public async Task<IReadOnlyList<MailDnsRecord>> GetRecordsAsync(string domain, CancellationToken cancellationToken)
    {
        string id = await JmapDomains.GetIdAsync(principals, domain, cancellationToken).ConfigureAwait(false);
        GetAnswer<string> answer = await channel.GetAsync(Type, [id], item => item.GetText(ZoneProperty) ?? throw new JsonException("The domain has no zone."), cancellationToken, [ZoneProperty]).ConfigureAwait(false);
        if (answer.Items is not [var zone])
        {
            throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"The domain '{domain}' was removed just now.") { Item = domain };
        }
        try
        {
            return [.. ZoneText.Read(zone).Select(record => MailDnsRecord.Create(domain, record.Type, record.Name, record.Content))];
        }
        catch (FormatException e)
        {
            throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, $"The zone that the server answers for '{domain}' cannot be read: {e.Message}", e);
        }
    }
}
