using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>The methods of the types whose objects are stored as they are set.</summary>
/// <param name="store">The objects.</param>
/// <param name="rules">What a type does beyond its data, by its name.</param>
internal sealed class RegistryMethods(RegistryStore store, IReadOnlyDictionary<string, ObjectRules> rules) : IObjectMethods
{
    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, store.Schema);
        ObjectRules own = RulesOf(call.Type);

        // A singleton is not in the list of all.
        IEnumerable<ulong> ids = get.Ids ?? (call.Type.Singleton ? [] : store.List(call.Type).Values.Where(call.Sees).Take(call.Limits.MaxGet).Select(item => item.Id));
        foreach (ulong id in ids)
        {
            if (Find(call, id) is { } found)
            {
                JsonObject shown = ObjectView.Show(store.Schema, found, get.Properties, own.Compute);
                if (call.IsConfinedToAccount)
                {
                    shown.Remove("accountId");
                }

                get.List.Add(shown);
            }
            else
            {
                get.Missing(id);
            }
        }

        return get.Answer(call);
    }

    public JsonObject Query(MethodContext call) => RegistryQuery.Run(call, store);

    public JsonObject Set(MethodContext call)
    {
        var set = SetMethod.Read(call);
        return set.Apply(
            (creationId, value) => Create(call, creationId, value),
            (id, patch) => set.Destroy.Contains(id) && !call.Type.Singleton ? throw SetException.WillDestroy() : Update(call, id, patch),
            id => Destroy(call, id));
    }

    private JsonObject Create(MethodContext call, string creationId, JsonObject sent)
    {
        var unstored = new JsonObject();
        JsonObject made = Patcher(call).Create(call.Type.Name, sent, unstored);
        if (call.Type.Tenant && call.Caller.TenantId is { } tenant)
        {
            made["memberTenantId"] = RegistryId.Format(tenant);
        }

        // What may be everybody's is an account's only if that is said, by somebody who may say it.
        if (call.Type.Account && (call.IsConfinedToAccount || !store.Schema.StructOf(call.Type.Name, made).Properties["accountId"].Nullable))
        {
            made["accountId"] = RegistryId.Format(call.AccountId);
        }

        var change = new ObjectChange(call, null, made, unstored);
        RegistryObject saved = Save(change, call.Type.Singleton
            ? () => store.SetSingleton(call.Type.Name, change.New)
            : () => store.Insert(call.Type, change.New));
        call.CreatedIds[creationId] = RegistryId.Format(saved.Id);
        change.Answer["id"] = RegistryId.Format(saved.Id);
        return change.Answer;
    }

    private JsonObject? Update(MethodContext call, ulong id, JsonObject patch)
    {
        RegistryObject old = Find(call, id) ?? throw SetException.NotFound();
        if (RulesOf(call.Type).NeverChanges)
        {
            throw SetException.Forbidden("It stays as it was created.");
        }

        var unstored = new JsonObject();
        var change = new ObjectChange(call, old, Patcher(call).Update(call.Type.Name, old.Value, patch, unstored), unstored);
        Save(change, call.Type.Singleton ? () => store.SetSingleton(call.Type.Name, change.New) : () => store.Update(old, change.New));
        return change.Answer.Count > 0 ? change.Answer : null;
    }

    private void Destroy(MethodContext call, ulong id)
    {
        if (call.Type.Singleton)
        {
            throw SetException.Singleton();
        }

        ObjectRules own = RulesOf(call.Type);
        RegistryObject old = Find(call, id) ?? throw SetException.NotFound();
        store.Delete(old, own.Orphans);
        own.Destroyed(old);
    }

    private RegistryObject Save(ObjectChange change, Func<RegistryObject> write)
    {
        ObjectRules own = RulesOf(change.Call.Type);
        own.Check(change);
        ExpressionRules.Check(store.Schema, change.Call.Type.Name, change.New);

        // What stays as it was is not written, so a default stays one.
        if (change.Old is { } old && JsonNode.DeepEquals(old.Value, change.New))
        {
            return old;
        }

        RegistryObject saved = write();
        own.Saved(change, saved);
        return saved;
    }

    /// <summary>An object that the caller sees. A singleton that was never set has its defaults.</summary>
    private RegistryObject? Find(MethodContext call, ulong id)
    {
        if (store.Find(call.Type, id) is { } found)
        {
            return call.Sees(found) ? found : null;
        }

        if (!call.Type.Singleton || id != RegistryId.Singleton)
        {
            return null;
        }

        JsonObject value = store.Defaults.Create(call.Type.Name);
        return new RegistryObject(new ObjectReference(call.Type, id), value, ObjectIndex.Of(store.Schema, call.Type, value));
    }

    private ObjectPatch Patcher(MethodContext call)
    {
        var plain = new PlainValues(store.Schema, creationId => call.CreatedIds.TryGetValue(creationId, out string? id) ? id : null);
        List<string> fixedProperties = ["accountId"];
        if (call.Caller.Has("impersonate"))
        {
            fixedProperties.Clear();
        }

        if (call.Caller.TenantId is not null)
        {
            fixedProperties.Add("memberTenantId");
        }

        return new ObjectPatch(store.Schema, store.Defaults, plain, fixedProperties);
    }

    private ObjectRules RulesOf(ObjectType type) => rules.TryGetValue(type.Name, out ObjectRules? own) ? own : ObjectRules.None;
}
