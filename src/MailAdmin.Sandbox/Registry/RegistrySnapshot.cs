using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>All objects at one moment.</summary>
internal sealed class RegistrySnapshot
{
    private readonly RegistrySchema _schema;
    private readonly DefaultValues _defaults;
    private readonly ImmutableDictionary<ObjectType, ImmutableSortedDictionary<ulong, RegistryObject>> _objects;

    /// <summary>No objects.</summary>
    public RegistrySnapshot(RegistrySchema schema, DefaultValues defaults)
        : this(schema, defaults, ImmutableDictionary<ObjectType, ImmutableSortedDictionary<ulong, RegistryObject>>.Empty)
    {
    }

    private RegistrySnapshot(RegistrySchema schema, DefaultValues defaults, ImmutableDictionary<ObjectType, ImmutableSortedDictionary<ulong, RegistryObject>> objects)
    {
        _schema = schema;
        _defaults = defaults;
        _objects = objects;
    }

    /// <summary>The objects of a type by ascending id.</summary>
    public ImmutableSortedDictionary<ulong, RegistryObject> List(ObjectType type) =>
        _objects.GetValueOrDefault(type, ImmutableSortedDictionary<ulong, RegistryObject>.Empty);

    /// <summary>A singleton as it was stored, or its defaults.</summary>
    public JsonObject Singleton(string type) => List(_schema.Objects[type]).GetValueOrDefault(RegistryId.Singleton)?.Value ?? _defaults.Create(type);

    public RegistrySnapshot With(RegistryObject changed) =>
        new(_schema, _defaults, _objects.SetItem(changed.Reference.Type, List(changed.Reference.Type).SetItem(changed.Id, changed)));

    public RegistrySnapshot Without(ObjectReference removed) => new(_schema, _defaults, _objects.SetItem(removed.Type, List(removed.Type).Remove(removed.Id)));
}
