// What names a blob: its id. Never [string]: a string would swallow any object.
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>The id of a blob: the hash of its content, as queue messages and deleted items carry it.</summary>
public sealed class BlobIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal BlobIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("An empty id identifies no blob.");
        }
        Id = id.Trim();
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Makes blob ids of texts.</summary>
internal sealed class BlobIdArgumentAttribute : IdentityArgumentAttribute<BlobIdentity>
{
    private protected override BlobIdentity? CreateIdentity(object value) => value is string id ? new BlobIdentity(id) : null;
}
