using MailAdmin.Sandbox.Dns;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>The TXT records that the server asks to publish for its domains, read from their zones.</summary>
/// <param name="store">The domains.</param>
/// <param name="zone">Writes zones.</param>
internal sealed class ZoneRecords(RegistryStore store, DomainZone zone)
{
    private const string Marker = " IN TXT ";

    public IEnumerable<DnsRecord> Find(string domain) => store.List("Domain").Values.Where(found => found.Text("name") == domain)
        .SelectMany(found => zone.Write(found).Split('\n'))
        .Select(line => line.Split(Marker, 2))
        .Where(parts => parts.Length == 2)
        .Select(parts => new DnsRecord("TXT", parts[0], string.Concat(parts[1].Trim('"').Split("\" \""))));
}
