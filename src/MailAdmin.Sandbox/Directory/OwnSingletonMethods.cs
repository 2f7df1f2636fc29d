using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>A part of the account acted for, seen as the one object of a type.</summary>
/// <param name="store">The accounts.</param>
/// <param name="shape">The type.</param>
internal abstract class OwnSingletonMethods(RegistryStore store, string shape) : IObjectMethods
{
    protected RegistryStore Store => store;

    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, store.Schema);
        RegistryObject? account = FindAccount(call);
        foreach (ulong id in get.Ids ?? (account is null ? [] : [RegistryId.Singleton]))
        {
            if (account is not null && id == RegistryId.Singleton)
            {
                JsonObject shown = ObjectView.Show(store.Schema, shape, Read(account.Value), get.Properties);
                shown["id"] = RegistryId.Format(id);
                get.List.Add(shown);
            }
            else
            {
                get.Missing(id);
            }
        }

        return get.Answer(call);
    }

    public JsonObject Query(MethodContext call) => throw MethodException.UnknownMethod($"x:{shape}/query");

    public JsonObject Set(MethodContext call) => SetMethod.Read(call).Apply(
        (_, _) => throw SetException.Singleton(),
        (id, patch) =>
        {
            Update(call, id, patch);
            return null;
        },
        _ => throw SetException.Singleton());

    /// <summary>What is shown of an account, secrets in clear.</summary>
    protected abstract JsonObject Read(JsonObject account);

    /// <summary>Changes an account as a client says.</summary>
    /// <param name="call">The call.</param>
    /// <param name="account">The account, which may be changed.</param>
    /// <param name="patch">What the client says.</param>
    /// <exception cref="SetException">That cannot be.</exception>
    protected abstract void Change(MethodContext call, JsonObject account, JsonObject patch);

    /// <summary>What a client's changes make of what it was shown.</summary>
    protected JsonObject Patch(JsonObject current, JsonObject patch) =>
        new ObjectPatch(store.Schema, store.Defaults, new PlainValues(store.Schema, _ => null), []).Update(shape, current, patch, []);

    private void Update(MethodContext call, ulong id, JsonObject patch)
    {
        if (FindAccount(call) is not { } found || id != RegistryId.Singleton)
        {
            throw SetException.NotFound();
        }

        var account = (JsonObject)found.Value.DeepClone();
        Change(call, account, patch);
        store.Update(found, account);
    }

    /// <summary>Groups and the recovery administrator have none of this.</summary>
    private RegistryObject? FindAccount(MethodContext call) =>
        store.Find(store.Type("Account"), call.AccountId) is { } account && account.Text(RegistrySchema.Variant) == "User" ? account : null;
}
