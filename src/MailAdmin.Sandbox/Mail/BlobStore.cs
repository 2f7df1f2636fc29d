using System.Buffers.Text;
using System.Security.Cryptography;

namespace MailAdmin.Sandbox.Mail;

/// <summary>Raw messages by the hash of what they contain. They stay until the store is purged and nothing points to them.</summary>
internal sealed class BlobStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

    /// <summary>Keeps a message and says under which name: base64 for URLs, without padding.</summary>
    public string Put(byte[] content)
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(content));
        lock (gate)
            blobs[hash] = content;
        return hash;
    }

    public byte[]? Find(string hash)
    {
        lock (gate)
            return blobs.GetValueOrDefault(hash);
    }

    /// <summary>Drops what nobody needs any more.</summary>
    public void Purge(IReadOnlySet<string> needed)
    {
        lock (gate)
        {
            foreach (var hash in blobs.Keys.Where(hash => !needed.Contains(hash)).ToArray())
                blobs.Remove(hash);
        }
    }
}
