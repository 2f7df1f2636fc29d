using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>The id of a blob: the hash of its content, as in queue messages and deleted items. Not a [string], which would accept any object.</summary>
public sealed class BlobIdentity : ServerIdentity
{
    // Not public: PowerShell would create an identity from anything that converts to text.
    internal BlobIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("The id is empty.");
        }
        Id = id.Trim();
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Creates blob ids from texts.</summary>
internal sealed class BlobIdArgumentAttribute : IdentityArgumentAttribute<BlobIdentity>
{
    private protected override BlobIdentity? CreateIdentity(object value) => value is string id ? new BlobIdentity(id) : null;
}
