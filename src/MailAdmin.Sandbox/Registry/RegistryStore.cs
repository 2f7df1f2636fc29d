using System.Collections.Immutable;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Registry;

/// <summary>All objects. Whoever uses it holds <see cref="Gate"/>; what it returns may be kept.</summary>
/// <param name="schema">The types.</param>
/// <param name="clock">The server's clock.</param>
/// <param name="node">The node, which is part of ids.</param>
internal sealed class RegistryStore(RegistrySchema schema, TimeProvider clock, uint node)
{
    private readonly SnowflakeIdGenerator _ids = new(node);
    private readonly Dictionary<ObjectType, ulong> _lastIds = [];
    private readonly Dictionary<ObjectKey, ObjectReference> _keys = [];
    private readonly Dictionary<ObjectReference, SortedSet<ObjectReference>> _linkedBy = [];

    public RegistrySchema Schema => schema;

    /// <summary>One caller at a time.</summary>
    public Lock Gate { get; } = new();

    public DefaultValues Defaults { get; } = new(schema, clock);

    /// <summary>All objects as they are now. What is stored later does not change it.</summary>
    public RegistrySnapshot Snapshot { get; private set; } = new(schema, new DefaultValues(schema, clock));

    public ObjectType Type(string name) => schema.Objects[name];

    /// <summary>All objects of a type by ascending id. It does not change any more.</summary>
    public ImmutableSortedDictionary<ulong, RegistryObject> List(ObjectType type) => Snapshot.List(type);

    public ImmutableSortedDictionary<ulong, RegistryObject> List(string type) => Snapshot.List(Type(type));

    public RegistryObject? Find(ObjectType type, ulong id) => Snapshot.List(type).GetValueOrDefault(id);

    /// <summary>An object that another one names; null where it names none.</summary>
    public RegistryObject? Find(string type, string? id) => RegistryId.TryParse(id, out ulong number) ? Find(Type(type), number) : null;

    /// <summary>A singleton as it is stored, or its defaults.</summary>
    public JsonObject Singleton(string type) => Snapshot.Singleton(type);

    /// <summary>Who has a unique key.</summary>
    public ObjectReference? FindByKey(ObjectKey key) => _keys.TryGetValue(key, out ObjectReference owner) ? owner : null;

    /// <summary>Who refers to an object, itself included.</summary>
    public IReadOnlyCollection<ObjectReference> LinkedBy(ObjectReference target) => _linkedBy.TryGetValue(target, out SortedSet<ObjectReference>? linked) ? linked : [];

    /// <summary>Stores a new object.</summary>
    /// <exception cref="StoreException">It cannot be.</exception>
    public RegistryObject Insert(ObjectType type, JsonObject value, ulong? id = null)
    {
        ulong ownId = id ?? (type.Singleton ? RegistryId.Singleton
            : type.Ids == IdAssignment.Sequential ? _lastIds.GetValueOrDefault(type) + 1
            : _ids.Next(clock.GetUtcNow()));
        var made = new RegistryObject(new ObjectReference(type, ownId), value, ObjectIndex.Of(schema, type, value));
        Check(made, null);
        if (type.Ids == IdAssignment.Sequential)
        {
            _lastIds[type] = Math.Max(ownId, _lastIds.GetValueOrDefault(type));
        }

        Put(made, null);
        return made;
    }

    /// <summary>Stores an object in the place of what it was.</summary>
    /// <exception cref="StoreException">It cannot be.</exception>
    public RegistryObject Update(RegistryObject old, JsonObject value)
    {
        RegistryObject changed = old with { Value = value, Index = ObjectIndex.Of(schema, old.Reference.Type, value) };
        Check(changed, old);
        Put(changed, old);
        return changed;
    }

    /// <summary>Stores a singleton.</summary>
    public RegistryObject SetSingleton(string type, JsonObject value) =>
        Find(Type(type), RegistryId.Singleton) is { } old ? Update(old, value) : Insert(Type(type), value);

    /// <summary>Removes an object.</summary>
    /// <param name="old">The object.</param>
    /// <param name="orphans">The types whose objects do not keep it.</param>
    /// <exception cref="StoreException">Others refer to it.</exception>
    public void Delete(RegistryObject old, params IReadOnlyCollection<string> orphans)
    {
        ObjectReference[] linked = [.. LinkedBy(old.Reference).Where(reference => !orphans.Contains(reference.Type.Name))];
        if (linked.Length > 0)
        {
            throw StoreException.LinkedBy(old.Reference, linked);
        }

        Unlink(old);
        Snapshot = Snapshot.Without(old.Reference);
    }

    private void Check(RegistryObject changed, RegistryObject? old)
    {
        ValidationError[] errors = [.. ObjectValidation.Validate(schema, changed.Reference.Type.Name, changed.Value)];
        if (errors.Length > 0)
        {
            throw StoreException.Invalid(errors);
        }

        foreach (ObjectLink link in changed.Index.Links.Where(link => old?.Index.Links.Contains(link) != true))
        {
            CheckLink(changed, link);
        }

        foreach (ObjectKey key in changed.Index.Keys.Where(key => old?.Index.Keys.Contains(key) != true))
        {
            if (_keys.TryGetValue(key, out ObjectReference owner) && owner != changed.Reference)
            {
                throw StoreException.Taken(key.Name, owner);
            }
        }

        StoredSize.Check(changed.Value);
    }

    /// <summary>The target has to be there, of the right variant, of the same tenant, and of the same account.</summary>
    private void CheckLink(RegistryObject from, ObjectLink link)
    {
        RegistryObject? target = Find(link.Target.Type, link.Target.Id);
        string? account = from.Reference.Type.Name == "Account" ? RegistryId.Format(from.Id) : from.Value["accountId"]?.GetValue<string>();
        if (target is null
            || (link.Variant is not null && target.Text(RegistrySchema.Variant) != link.Variant)
            || (link.Target.Type.Tenant && from.Value["memberTenantId"] is { } tenant && target.Text("memberTenantId") != tenant.GetValue<string>())
            || (link.Target.Type.Account && account is not null && target.Text("accountId") != account))
        {
            throw StoreException.Missing(link.Target);
        }
    }

    private void Put(RegistryObject changed, RegistryObject? old)
    {
        if (old is not null)
        {
            Unlink(old);
        }

        foreach (ObjectKey key in changed.Index.Keys)
        {
            _keys[key] = changed.Reference;
        }

        foreach (ObjectLink link in changed.Index.Links)
        {
            (_linkedBy.TryGetValue(link.Target, out SortedSet<ObjectReference>? linked) ? linked : _linkedBy[link.Target] = []).Add(changed.Reference);
        }

        Snapshot = Snapshot.With(changed);
    }

    private void Unlink(RegistryObject old)
    {
        foreach (ObjectKey key in old.Index.Keys)
        {
            _keys.Remove(key);
        }

        foreach (ObjectLink link in old.Index.Links)
        {
            _linkedBy[link.Target].Remove(old.Reference);
        }
    }
}
