// What names a blob: its id. Never [string]: a string would swallow any object.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>The id of a blob: the hash of its content, as queue messages and deleted items carry it.</summary>
public sealed class BlobIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal BlobIdentity(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("An empty id identifies no blob.", nameof(id));
        }
        Id = id.Trim();
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Makes blob ids of texts; anything else is handed back, so that binding by property gets its turn.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BlobIdArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = Unwrap(inputData);
        return plain switch
        {
            string or BlobIdentity => new[] { One(plain) },
            object[] { Length: > 0 } several when several.All(item => Unwrap(item) is string or BlobIdentity) => several.Select(item => One(Unwrap(item)!)).ToArray(),
            _ => inputData,
        };
    }

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static BlobIdentity One(object value)
    {
        try
        {
            return value as BlobIdentity ?? new BlobIdentity((string)value);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
