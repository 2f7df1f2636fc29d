// What to publish for a domain.
using MailAdmin.Client.Api.Dns;

namespace MailAdmin.Client;

/// <summary>The DNS records that a domain needs (docs/api.md §6.2; docs/api-0.16.md §8.4).</summary>
public sealed class DnsResource
{
    private readonly IZone _zone;

    internal DnsResource(IZone zone) => _zone = zone;

    /// <summary>The records to publish for a domain (GET /dns/records/{domain}; from 0.16 on POST /jmap: x:Domain/get). Before 0.16 the server answers for domains it does not know, too.</summary>
    /// <param name="domain">The domain; sent in lower case, since the server looks for its signatures byte for byte.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The records in the order of the server.</returns>
    /// <exception cref="ArgumentException">The text is not a domain.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>domain-get</c> (from 0.16 on <c>sysDomainGet</c> and <c>sysDomainQuery</c>); from 0.16 on
    /// <c>NotFound</c> for a domain that the server does not have.</exception>
    public Task<IReadOnlyList<MailDnsRecord>> GetRecordsAsync(string domain, CancellationToken cancellationToken) => _zone.GetRecordsAsync(DomainName.Normalize(domain), cancellationToken);
}
