using System.Net;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>The remote domains that the sample organisation writes to, each with another outcome of delivery, and its own domains as others see them.</summary>
internal static class SampleRemoteDomains
{
    private const long SecondsPerWeek = 7 * 24 * 60 * 60;

    public static void Populate(RemoteDomains remoteDomains, string hostName, IEnumerable<OwnDomain> ownDomains)
    {
        foreach (RemoteDomain domain in CreateRemoteDomains().Concat(ownDomains.Select(own => CreateOwnDomain(own, hostName))))
        {
            remoteDomains.Add(domain);
        }
    }

    private static IEnumerable<RemoteDomain> CreateRemoteDomains() =>
    [
        // Everything is configured: MTA-STS, TLS reports and DANE.
        new("customers.example")
        {
            Exchangers = [(10, CreateHost("mx1.customers.example", "198.51.100.11") with { Tlsa = [CreateTlsa("mx1.customers.example")] })],
            MtaSts = new MtaStsPolicy("20261101T000000", "enforce", ["mx1.customers.example", "*.backup.customers.example"], SecondsPerWeek),
            TlsReportAddresses = ["mailto:tls@customers.example", "https://reports.customers.example/tls"],
            Spf = "v=spf1 ip4:198.51.100.0/28 include:bulk.example ~all",
            Dmarc = "v=DMARC1; p=quarantine; rua=mailto:dmarc@customers.example",
        },

        // Defers every attempt.
        new("partner.example")
        {
            Exchangers = [(10, CreateHost("mail.partner.example", "198.51.100.21", RemoteHostBehaviour.Greylists))],
            MtaSts = new MtaStsPolicy("1", "testing", ["mail.partner.example"], SecondsPerWeek),
            Spf = "v=spf1 mx -all",
        },
        new("oldfirm.example") { Exchangers = [(10, CreateHost("mx.oldfirm.example", "198.51.100.3", RemoteHostBehaviour.RefusesConnections, hasValidCertificate: false))] },
        new("campus.example") { DnsTimesOut = true },
        new("leavers.example") { Exchangers = [(10, CreateHost("mx.leavers.example", "198.51.100.31", RemoteHostBehaviour.RefusesRecipients))], Spf = "v=spf1 -all" },
        new("selfsigned.example") { Exchangers = [(10, CreateHost("mx.selfsigned.example", "198.51.100.41", RemoteHostBehaviour.HasInvalidCertificate, hasValidCertificate: false))] },
        new("plaintext.example") { Exchangers = [(10, CreateHost("mx.plaintext.example", "198.51.100.51", hasValidCertificate: false))] },

        // The first host is down, the second accepts mail.
        new("twohosts.example")
        {
            Exchangers = [(10, CreateHost("mx1.twohosts.example", "198.51.100.61", RemoteHostBehaviour.RefusesConnections)), (20, CreateHost("mx2.twohosts.example", "198.51.100.62"))],
            TlsReportAddresses = ["mailto:postmaster@twohosts.example"],
        },

        // The policy does not name the mail host.
        new("moved.example")
        {
            Exchangers = [(10, CreateHost("mx.newhome.example", "198.51.100.71"))],
            MtaSts = new MtaStsPolicy("7", "enforce", ["mx.moved.example"], SecondsPerWeek),
        },

        // The TLSA record does not match the certificate.
        new("renewed.example") { Exchangers = [(10, CreateHost("mx.renewed.example", "198.51.100.91") with { Tlsa = [CreateTlsa("mx.renewed.example")], MatchesTlsa = false })] },
        new("tarpit.example") { Exchangers = [(10, CreateHost("mx.tarpit.example", "198.51.100.81") with { NeverGreets = true })] },
        new("bulk.example") { Spf = "v=spf1 ip4:203.0.113.128/25 ip6:2001:db8:b::/48 -all" },
        new("spoofer.example") { Spf = "v=spf1 ?all", Dmarc = "v=DMARC1; p=none" },
    ];

    /// <summary>The organisation's own domains as others see them: every record that the server asks for is published.</summary>
    private static RemoteDomain CreateOwnDomain(OwnDomain own, string hostName) => new(own.Name)
    {
        Exchangers =
        [
            (10, CreateHost(hostName, "203.0.113.10") with { Tlsa = [CreateTlsa(hostName)], HasMailbox = own.HasMailbox }),
        ],
        MtaSts = new MtaStsPolicy("20261001T000000", "testing", [hostName], SecondsPerWeek),
        TlsReportAddresses = [$"mailto:postmaster@{own.Name}"],
        Spf = own.Spf,
        Dmarc = own.Dmarc,
    };

    private static MailHost CreateHost(string name, string address, RemoteHostBehaviour behaviour = RemoteHostBehaviour.Accepts, bool hasValidCertificate = true) =>
        new(name, IPAddress.Parse(address), behaviour) { HasValidCertificate = hasValidCertificate };

    private static TlsaEntry CreateTlsa(string name) => new(IsEndEntity: true, IsSha256: true, IsPublicKey: true, SHA256.HashData(Encoding.ASCII.GetBytes(name)));
}
