using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>API keys and app passwords: credentials in an account, seen as objects. Named by id, either type acts on both.</summary>
/// <param name="store">The accounts.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="rights">What accounts may do.</param>
/// <param name="kind">Which of the two.</param>
internal sealed class CredentialMethods(RegistryStore store, SettingsInForce settings, EffectiveRights rights, string kind) : IObjectMethods
{
    private const string Shape = "SecondaryCredential";

    private readonly string _quota = kind == Credentials.ApiKey ? "maxApiKeys" : "maxAppPasswords";

    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, store.Schema);
        JsonObject? account = FindAccount(call)?.Value;
        IEnumerable<ulong> ids = get.Ids ?? (account is null ? [] : Credentials.Of(account).Select(credential => Credentials.IdOf(credential)!.Value));
        foreach (ulong id in ids)
        {
            if (account is not null && Credentials.Find(account, id) is { } credential && Credentials.KindOf(credential) == kind)
            {
                JsonObject shown = ObjectView.Show(store.Schema, Shape, credential, get.Properties);
                shown.Remove("credentialId");
                shown.Remove(RegistrySchema.Variant);
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

    public JsonObject Query(MethodContext call)
    {
        JsonObject account = FindAccount(call)?.Value ?? throw MethodException.Forbidden("There is no such account.");
        var query = QueryArguments.Read(call, store.Schema);
        if (query.Filter.Any(condition => condition.Property != "expiresAt" || !DateTimeOffset.TryParse(condition.Text, out _)))
        {
            throw MethodException.UnsupportedFilter("Only the end can be filtered by.");
        }

        // Times of this form sort as texts.
        IEnumerable<JsonObject> found = Credentials.Of(account).Where(credential => Credentials.KindOf(credential) == kind
            && query.Filter.All(condition => EndOf(credential) is { } end && condition.Accepts(string.CompareOrdinal(end, condition.Text))));
        IEnumerable<JsonObject> sorted = query.SortBy switch
        {
            "id" => found.OrderBy(credential => Credentials.IdOf(credential)),
            "expiresAt" => found.OrderBy(EndOf, StringComparer.Ordinal).ThenBy(credential => Credentials.IdOf(credential)),
            _ => throw MethodException.UnsupportedSort(),
        };
        sorted = query.IsAscending ? sorted : sorted.Reverse();
        return QueryPage.CutOrdered(call, query, [.. sorted.Select(credential => Credentials.IdOf(credential)!.Value)]);
    }

    public JsonObject Set(MethodContext call)
    {
        var set = SetMethod.Read(call);
        if (FindAccount(call) is not { } found)
        {
            return set.Apply((_, _) => throw SetException.NotFound(), (_, _) => throw SetException.NotFound(), _ => throw SetException.NotFound());
        }

        var account = (JsonObject)found.Value.DeepClone();
        JsonObject answer = set.Apply(
            (_, value) => Create(call, found.Id, account, value),
            (id, patch) =>
            {
                Update(call, account, id, patch);
                return null;
            },
            id => Destroy(account, id));
        store.Update(found, account);
        return answer;
    }

    private JsonObject Create(MethodContext call, ulong accountId, JsonObject account, JsonObject sent)
    {
        JsonObject credential = Patcher().Create(Shape, sent, []);
        if (credential["description"]!.GetValue<string>().Length == 0)
        {
            throw StoreException.Invalid([new ValidationError("Required", "description")]);
        }

        int quota = account["quotas"]![_quota]?.GetValue<int>() ?? settings["Authentication"][_quota]?.GetValue<int>() ?? int.MaxValue;
        if (Credentials.Of(account).Count(other => Credentials.KindOf(other) == kind) >= quota)
        {
            throw SetException.OverQuota("The account has as many as it may have.");
        }

        CheckPermissions(call.Caller, credential);
        ulong id = Credentials.LastId(account) + 1;
        string secret = kind == Credentials.ApiKey ? CredentialSecrets.CreateApiKey((uint)accountId, (uint)id) : CredentialSecrets.CreateAppPassword((uint)id);
        Credentials.Add(account, credential, kind, id, secret);
        return new JsonObject { ["id"] = RegistryId.Format(id), ["secret"] = secret };
    }

    private void Update(MethodContext call, JsonObject account, ulong id, JsonObject patch)
    {
        JsonObject old = Credentials.Find(account, id) ?? throw SetException.NotFound();
        JsonObject changed = Patcher().Update("Credential", old, patch, []);
        if (!JsonNode.DeepEquals(old["permissions"], changed["permissions"]))
        {
            CheckPermissions(call.Caller, changed);
        }

        old.ReplaceWith(changed);
    }

    private static void Destroy(JsonObject account, ulong id)
    {
        JsonObject credential = Credentials.Find(account, id) ?? throw SetException.NotFound();
        if (Credentials.KindOf(credential) == Credentials.Password)
        {
            throw SetException.Forbidden("The password cannot be destroyed here.");
        }

        Credentials.Remove(account, credential);
    }

    /// <summary>A credential can do no more than its maker: what it inherits is counted by his account, and not by what the key that he uses leaves of that.</summary>
    private void CheckPermissions(ICallerRights caller, JsonObject credential)
    {
        JsonObject permissions = credential["permissions"]!.AsObject();
        IEnumerable<string> named = permissions["permissions"]?.AsObject().Select(item => item.Key) ?? [];
        if (permissions[RegistrySchema.Variant]!.GetValue<string>() == "Replace")
        {
            GrantRules.Check(caller, named.ToHashSet());
        }
        else if (store.Find(store.Type("Account"), caller.AccountId) is { } own && rights.Of(own.Value) is { } all)
        {
            GrantRules.Check(caller, all.Except(named).ToHashSet());
        }
    }

    private RegistryObject? FindAccount(MethodContext call) =>
        store.Find(store.Type("Account"), call.AccountId) is { } account && account.Text(RegistrySchema.Variant) == "User" ? account : null;

    private ObjectPatch Patcher() => new(store.Schema, store.Defaults, new PlainValues(store.Schema, _ => null), []);

    private static string? EndOf(JsonObject credential) => credential["expiresAt"]?.GetValue<string>();
}
