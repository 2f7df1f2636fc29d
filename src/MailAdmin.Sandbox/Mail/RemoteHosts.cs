using System.Net;

namespace MailAdmin.Sandbox.Mail;

/// <summary>The world outside: which domains exist, what they publish, and how their hosts take mail.</summary>
internal sealed class RemoteHosts
{
    /// <summary>How long it takes to find out that a DNS server does not answer: several look-ups that all time out.</summary>
    public static readonly TimeSpan DnsSilence = TimeSpan.FromSeconds(30);

    private const string SenderSpf = "v=spf1 ip4:192.0.2.25 -all";

    private readonly Dictionary<string, RemoteDomain> _domains = new(StringComparer.Ordinal);

    public RemoteHosts()
    {
        AddHost("delivered.test", "192.0.2.25", RemoteHost.Accepts);
        AddHost("remote.test", "192.0.2.26", RemoteHost.Greylists);
        AddHost("elsewhere.test", "192.0.2.27", RemoteHost.RefusesConnections);
        AddHost("bounce.test", "192.0.2.28", RemoteHost.RefusesRecipients);
        AddHost("badcert.test", "192.0.2.29", RemoteHost.HasBadCertificate);
        AddHost("example.org", "127.0.0.1", RemoteHost.RefusesConnections);
        Add(new RemoteDomain("silent.test") { IsSilent = true });
        Add(new RemoteDomain("sender.test") { Spf = SenderSpf, Dmarc = "v=DMARC1; p=reject; adkim=s; aspf=r; rua=mailto:dmarc@sender.test" });
        Add(new RemoteDomain("mail.sender.test") { Spf = SenderSpf });
    }

    /// <summary>What becomes of mail to a domain.</summary>
    public RemoteHost this[string domain] => Find(domain)?.Behaviour ?? RemoteHost.Absent;

    public RemoteDomain? Find(string domain) => _domains.GetValueOrDefault(domain);

    public void Add(RemoteDomain domain) => _domains[domain.Name] = domain;

    /// <summary>The names that the reverse records of an address give, with a dot at the end.</summary>
    public IReadOnlyList<string> NamesOf(IPAddress address) =>
        [.. Hosts().Where(host => host.Address.Equals(address)).Select(host => $"{host.Name}.").Distinct(StringComparer.Ordinal)];

    /// <summary>The addresses of a host.</summary>
    public IReadOnlyList<IPAddress> AddressesOf(string name) => [.. Hosts().Where(host => host.Name == name).Select(host => host.Address).Distinct()];

    private IEnumerable<MailHost> Hosts() => _domains.Values.SelectMany(domain => domain.Exchangers).Select(exchanger => exchanger.Host);

    private void AddHost(string domain, string address, RemoteHost behaviour) =>
        Add(new RemoteDomain(domain) { Exchangers = [(10, new MailHost($"mx.{domain}", IPAddress.Parse(address), behaviour))] });
}
