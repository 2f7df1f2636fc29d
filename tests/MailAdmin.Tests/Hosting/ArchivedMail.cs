using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Tests.Hosting;

/// <summary>What accounts of a sandbox of 0.16 have deleted.</summary>
internal static class ArchivedMail
{
    /// <summary>Adds something that was deleted, of any kind.</summary>
    /// <returns>Its id.</returns>
    public static string Add(SandboxServer server, string account, string subject, string kind = "Email", int daysAgo = 1)
    {
        RegistryStore store = server.Jmap.Store;
        DateTimeOffset at = server.Clock.GetUtcNow().AddDays(-daysAgo);
        byte[] content = Encoding.UTF8.GetBytes($"From: a@remote.test\r\nSubject: {subject}\r\n\r\nHello\r\n");
        var item = new JsonObject
        {
            [RegistrySchema.Variant] = kind,
            ["accountId"] = FindOwner(server, account),
            ["blobId"] = BlobId.ForServer(server.Jmap.Blobs.Put(content)).ToString(),
            ["archivedAt"] = Timestamp.Format(at),
            ["archivedUntil"] = Timestamp.Format(at.AddDays(30)),
        };
        if (kind == "Email")
        {
            (item["from"], item["subject"], item["size"], item["receivedAt"]) = ("a@remote.test", subject, (ulong)content.Length, Timestamp.Format(at.AddHours(-1)));
        }
        else
        {
            item["title"] = subject;
        }
        return RegistryId.Format(new ObjectCreator(store).Create("ArchivedItem", item).Id);
    }

    private static string FindOwner(SandboxServer server, string account) => RegistryId.Format(server.Jmap.Store.List("Account").Values.Single(found => found.Text("name") == account).Id);
}
