using System.Text;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Dkim;
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
        AddDeletedMail(store.Find("jane.doe")!, 3, deleted, blobs, clock);
        AddDeletedMail(store.Find("grace.hopper")!, 1, deleted, blobs, clock);
    }

    /// <summary>Messages deleted on the days before, which can be restored for a month.</summary>
    private static void AddDeletedMail(Principal account, int count, DeletedItems deleted, BlobStore blobs, TimeProvider clock)
    {
        DateTimeOffset today = clock.GetUtcNow();
        for (int i = 0; i < count; i++)
        {
            DateTimeOffset at = today.AddDays(i - count);
            byte[] content = Encoding.UTF8.GetBytes(
                $"From: press@example.com\r\nTo: {account.Name}@example.org\r\nSubject: Offer {i + 1}\r\nDate: {at:r}\r\nMessage-ID: <offer-{i + 1}.{account.Name}@example.com>\r\n\r\nPlease find our offer number {i + 1} below.\r\n");
            deleted.Add(account.Id, new DeletedItem(blobs.Put(content), (ulong)content.Length, at, at.AddDays(30)));
        }
    }
}
