using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Store;

/// <summary>Restores what was archived: mail alone, into the account that it was deleted from.</summary>
/// <param name="blobs">The messages.</param>
/// <param name="mailboxes">Receive them.</param>
internal sealed class ArchivedItemRestoration(BlobStore blobs, AccountMailboxes mailboxes)
{
    /// <summary>The task that restores one item.</summary>
    public const string TaskName = "RestoreArchivedItem";

    /// <summary>Why a task cannot be done; null where it can.</summary>
    public string? FindObstacle(RegistryObject task) =>
        task.Text("archivedItemType") != "Email" ? "Only mail comes back."
        : FindContent(task) is null ? "The message is gone."
        : null;

    public void Run(RegistryObject task) => mailboxes.Store(RegistryId.TryParse(task.Text("accountId"), out ulong account) ? account : 0, FindContent(task)!.Length);

    private byte[]? FindContent(RegistryObject task) => BlobId.TryParse(task.Text("blobId")) is { } id ? blobs.Find(id.Hash) : null;
}
