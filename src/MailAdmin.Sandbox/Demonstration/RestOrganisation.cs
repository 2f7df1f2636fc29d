using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Dns;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Settings;
using MailAdmin.Sandbox.Store;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>The sample organisation on a server up to 0.15, with mail that was deleted and can be restored.</summary>
internal static class RestOrganisation
{
    public static void Fill(PrincipalStore store, SettingsStore settings, DeletedItems deleted, BlobStore blobs, TimeProvider clock)
    {
        var creator = new PrincipalCreator(store);
        var administrator = new Caller(Caller.FallbackAdministratorId, "demonstration", null, null, store.Dialect.Permissions.Admin);
        foreach (PrincipalBuilder builder in SampleOrganisation.Principals)
        {
            creator.Create(builder, administrator);
        }

        settings.Set("report.domain", SampleOrganisation.SignedDomain);
        new DkimEndpoint(settings, clock).Create($"ed25519-{SampleOrganisation.SignedDomain}", SampleOrganisation.SignedDomain, SampleOrganisation.Selector, isRsa: false);
        foreach (SampleDeletedMail mail in SampleDeletedMail.List(clock.GetUtcNow()))
        {
            deleted.Add(store.Find(mail.Account)!.Id, new DeletedItem(blobs.Put(mail.Content), (ulong)mail.Content.Length, mail.Deleted, mail.Expires));
        }
    }

    /// <summary>Its domains as others see them.</summary>
    public static IEnumerable<OwnDomain> DescribeDomains(PrincipalStore store, SettingsStore settings, string hostName)
    {
        var dns = new DnsRecords(settings, hostName);
        foreach (string domain in SampleOrganisation.Domains)
        {
            IReadOnlyList<DnsRecord> records = dns.GetRecords(domain);
            yield return new OwnDomain(domain, address => store.FindByAddress(address) is not null, FindTxtRecord(records, $"{domain}."), FindTxtRecord(records, $"_dmarc.{domain}."));
        }
    }

    private static string? FindTxtRecord(IReadOnlyList<DnsRecord> records, string name) =>
        records.FirstOrDefault(record => record.Type == "TXT" && record.Name == name)?.Content;
}
