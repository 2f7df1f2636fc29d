using System.Buffers.Text;
using System.Security.Cryptography;

namespace MailAdmin.Sandbox.Mail;

/// <summary>Raw messages by the hash of their content. They stay until the store is purged and nothing refers to them.</summary>
internal sealed class BlobStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    /// <summary>Stores a message and returns its hash: base64url, without padding.</summary>
    public string Put(byte[] content)
    {
        string hash = Base64Url.EncodeToString(SHA256.HashData(content));
        lock (_gate)
        {
            _blobs[hash] = content;
        }

        return hash;
    }

    public byte[]? Find(string hash)
    {
        lock (_gate)
        {
            return _blobs.GetValueOrDefault(hash);
        }
    }

    /// <summary>Removes messages that are not needed any more.</summary>
    public void Purge(IReadOnlySet<string> needed)
    {
        lock (_gate)
        {
            foreach (string hash in _blobs.Keys.Where(hash => !needed.Contains(hash)).ToArray())
            {
                _blobs.Remove(hash);
            }
        }
    }
}
