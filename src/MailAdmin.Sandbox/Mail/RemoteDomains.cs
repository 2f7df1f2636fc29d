using System.Net;

namespace MailAdmin.Sandbox.Mail;

/// <summary>The remote domains: which exist, what they publish, and how their hosts accept mail.</summary>
internal sealed class RemoteDomains
{
    /// <summary>How long it takes to find out that a DNS server does not answer: several look-ups that all time out.</summary>
    public static readonly TimeSpan DnsTimeout = TimeSpan.FromSeconds(30);

    private const string SenderSpf = "v=spf1 ip4:192.0.2.25 -all";

    private readonly Dictionary<string, RemoteDomain> _domains = new(StringComparer.Ordinal);

    public RemoteDomains()
    {
        AddHost("delivered.test", "192.0.2.25", RemoteHostBehaviour.Accepts);
        AddHost("remote.test", "192.0.2.26", RemoteHostBehaviour.Greylists);
        AddHost("elsewhere.test", "192.0.2.27", RemoteHostBehaviour.RefusesConnections);
        AddHost("bounce.test", "192.0.2.28", RemoteHostBehaviour.RefusesRecipients);
        AddHost("badcert.test", "192.0.2.29", RemoteHostBehaviour.HasInvalidCertificate);
        AddHost("example.org", "127.0.0.1", RemoteHostBehaviour.RefusesConnections);
        Add(new RemoteDomain("silent.test") { DnsTimesOut = true });
        Add(new RemoteDomain("sender.test") { Spf = SenderSpf, Dmarc = "v=DMARC1; p=reject; adkim=s; aspf=r; rua=mailto:dmarc@sender.test" });
        Add(new RemoteDomain("mail.sender.test") { Spf = SenderSpf });
    }

    /// <summary>How mail to a domain is handled.</summary>
    public RemoteHostBehaviour this[string domain] => Find(domain)?.Behaviour ?? RemoteHostBehaviour.NoSuchDomain;

    public RemoteDomain? Find(string domain) => _domains.GetValueOrDefault(domain);

    /// <summary>Whether the DNS server of a name, its own or that of a domain above it, never answers.</summary>
    public bool TimesOut(string name) =>
        Find(name)?.DnsTimesOut == true || (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && TimesOut(name[(dot + 1)..]));

    public void Add(RemoteDomain domain) => _domains[domain.Name] = domain;

    /// <summary>The names that the reverse records of an address give, with a dot at the end.</summary>
    public IReadOnlyList<string> GetReverseNames(IPAddress address) =>
        [.. GetHosts().Where(host => host.Address.Equals(address)).Select(host => $"{host.Name}.").Distinct(StringComparer.Ordinal)];

    /// <summary>The addresses of a host.</summary>
    public IReadOnlyList<IPAddress> GetAddresses(string name) => [.. GetHosts().Where(host => host.Name == name).Select(host => host.Address).Distinct()];

    private IEnumerable<MailHost> GetHosts() => _domains.Values.SelectMany(domain => domain.Exchangers).Select(exchanger => exchanger.Host);

    private void AddHost(string domain, string address, RemoteHostBehaviour behaviour) =>
        Add(new RemoteDomain(domain) { Exchangers = [(10, new MailHost($"mx.{domain}", IPAddress.Parse(address), behaviour))] });
}
