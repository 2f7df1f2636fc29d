using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Mail;

/// <summary>Reads blobs for those who may.</summary>
/// <param name="blobs">The blobs.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class BlobReader(BlobStore blobs, TimeProvider clock)
{
    /// <summary>The content of a blob; null where there is none, or none for this caller.</summary>
    public byte[]? Read(BlobId? id, ICallerRights caller) =>
        id is not null && MayRead(id, caller) && id.ExpiresAt > (ulong)clock.GetUtcNow().ToUnixTimeSeconds() ? blobs.Find(id.Hash) : null;

    /// <summary>What belongs to the server is for those who may act for everybody.</summary>
    private static bool MayRead(BlobId id, ICallerRights caller) => id.Account == BlobId.Server ? caller.Has("impersonate") : caller.MayActFor(id.Account);
}
