using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Mail;

/// <summary>Keeps what clients upload, for an account and for a while.</summary>
/// <param name="blobs">The blobs.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class BlobUploads(BlobStore blobs, SettingsInForce settings, TimeProvider clock)
{
    /// <summary>The largest upload in bytes.</summary>
    public ulong MaxSize => settings["Jmap"]["maxUploadSize"]!.GetValue<ulong>();

    public BlobId Keep(byte[] content, uint account)
    {
        var lifetime = TimeSpan.FromMilliseconds(settings["Jmap"]["uploadTtl"]!.GetValue<ulong>());
        return new BlobId(blobs.Put(content), account, (ulong)(clock.GetUtcNow() + lifetime).ToUnixTimeSeconds());
    }
}
