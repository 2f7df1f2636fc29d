using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Finds the method of a call, and checks whether the caller may use it.</summary>
/// <param name="store">The objects.</param>
/// <param name="usual">The methods of most types.</param>
/// <param name="special">The methods of types that work otherwise, by their name.</param>
/// <param name="others">The methods that are not about objects of the registry, by their name.</param>
/// <param name="hasLicence">Whether the server has a licence.</param>
internal sealed class MethodTable(
    RegistryStore store,
    IObjectMethods usual,
    IReadOnlyDictionary<string, IObjectMethods> special,
    IReadOnlyDictionary<string, Func<AccountCall, JsonObject>> others,
    bool hasLicence)
{
    /// <summary>The types that are not there without a licence. Others of the Enterprise edition can be set, without effect.</summary>
    private static readonly string[] s_licensed = ["ArchivedItem", "MaskedEmail", "Metric", "Trace"];

    private static readonly string[] s_writes = ["create", "update", "destroy"];

    /// <summary>Runs a call.</summary>
    /// <exception cref="MethodException">It fails as a whole.</exception>
    public JsonObject Run(MethodCall call, ICallerRights caller, IDictionary<string, string> createdIds, JmapLimits limits)
    {
        if (call.Name == "Core/echo")
        {
            return (JsonObject)call.Arguments.DeepClone();
        }

        if (call.IsOffered && others.TryGetValue(call.Name, out Func<AccountCall, JsonObject>? other))
        {
            return other(new AccountCall(call.Arguments, caller, ReadAccount(call.Arguments, caller), limits));
        }

        if (!store.Schema.Objects.TryGetValue(call.TypeName, out ObjectType? type) || call.Verb is not ("get" or "query" or "set") || (call.Verb == "query" && type.Singleton))
        {
            throw MethodException.UnknownMethod(call.Name);
        }

        if (!hasLicence && s_licensed.Contains(type.Name))
        {
            throw MethodException.Forbidden("This needs a licence.");
        }

        ulong account = ReadAccount(call.Arguments, caller);
        CheckPermissions(type, call, caller);
        var context = new MethodContext(type, call.Arguments, caller, account, createdIds, limits);
        IObjectMethods methods = special.TryGetValue(type.Name, out IObjectMethods? own) ? own : usual;
        lock (store.Gate)
        {
            return call.Verb switch
            {
                "get" => methods.Get(context),
                "query" => methods.Query(context),
                _ => methods.Set(context),
            };
        }
    }

    /// <summary>The account acted for: the caller's own where none is named, or what is named is no id.</summary>
    private static ulong ReadAccount(JsonObject arguments, ICallerRights caller)
    {
        if (arguments["accountId"] is not JsonValue value || !value.TryGetValue(out string? text) || !RegistryId.TryParse(text, out ulong account))
        {
            return caller.AccountId;
        }

        return account <= uint.MaxValue && caller.MayActFor((uint)account) ? account : throw MethodException.Forbidden("You may not act for this account.");
    }

    /// <summary>A set needs the permission of each kind of change in it, an empty one any of the three. Of a singleton there is only that to update.</summary>
    private static void CheckPermissions(ObjectType type, MethodCall call, ICallerRights caller)
    {
        string[] used = call.Verb switch
        {
            "get" => ["Get"],
            "query" => ["Query"],
            _ => [.. s_writes.Where(write => call.Arguments[write] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 }).Select(Capitalize).Select(write => type.Singleton ? "Update" : write)],
        };
        bool isAllowed = used.Length > 0 ? used.All(Has) : s_writes.Select(Capitalize).Any(Has);
        if (!isAllowed)
        {
            throw MethodException.Forbidden();
        }

        bool Has(string write) => caller.Has(type.Permission + write);
    }

    private static string Capitalize(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
