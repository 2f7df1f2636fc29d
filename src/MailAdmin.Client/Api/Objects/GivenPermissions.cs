using System.Text.Json.Nodes;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Finds the permissions that a change of an account, a role or a credential would give, as the server counts them: those of roles within roles, less what is taken away, within those of
/// the tenant; of a role, its own alone. What depends on what may not be read is unknown.
/// </summary>
internal sealed class GivenPermissions(ApiChannel api, JmapChannel channel)
{
    private const string Permissions = "permissions";
    private const string Roles = "roles";
    private const string RoleIds = "roleIds";
    private const string Tenant = "memberTenantId";
    private const string Enabled = "enabledPermissions";
    private const string Disabled = "disabledPermissions";
    private const string Custom = "Custom";
    private const string Admin = "Admin";
    private const string Replace = "Replace";

    /// <summary>Whether objects of a type give permissions.</summary>
    public static bool AreGivenBy(TypeSchema type) => type.Name is "Account" or "ApiKey" or "AppPassword" or "Role";

    /// <summary>Those that the account gives and is known to lack.</summary>
    /// <param name="type">The type of the object.</param>
    /// <param name="before">The object as it is; null of a new one.</param>
    /// <param name="after">The object as it would be.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<IReadOnlyList<string>> FindMissingAsync(TypeSchema type, JsonObject? before, JsonObject after, CancellationToken cancellationToken)
    {
        if (!channel.Permissions.AreKnown || !AreGivenBy(type) || (before is not null && GetSources(type).All(property => JsonNode.DeepEquals(before[property], after[property]))))
        {
            return [];
        }
        PermissionSum? given = type.Name switch
        {
            "Role" => PermissionSum.Of(after),
            "Account" => await FindOfAccountAsync(before, after, cancellationToken).ConfigureAwait(false),
            _ => await FindOfCredentialAsync(after[Permissions], cancellationToken).ConfigureAwait(false),
        };
        return given is null ? [] : channel.Permissions.FindUngivable(given.Effective);
    }

    private static string[] GetSources(TypeSchema type) => type.Name switch
    {
        "Role" => [Enabled, Disabled, RoleIds],
        "Account" => [Permissions, Roles],
        _ => [Permissions],
    };

    // What is given is counted by the account of who gives it, and not by what his key leaves of that.
    private async Task<PermissionSum?> FindOfCredentialAsync(JsonNode? permissions, CancellationToken cancellationToken)
    {
        if (ObjectShape.GetVariant(permissions) == Replace)
        {
            return new PermissionSum([.. GetItems(permissions![Permissions])], []);
        }
        PermissionSum? own = await ReadOneAsync("Account", channel.Session.AccountId, cancellationToken).ConfigureAwait(false) is { } account
            ? await FindOfAccountAsync(account, account, cancellationToken).ConfigureAwait(false)
            : null;
        return own?.Without(GetItems(permissions?[Permissions]));
    }

    private async Task<PermissionSum?> FindOfAccountAsync(JsonObject? before, JsonObject after, CancellationToken cancellationToken)
    {
        (bool isKnown, string? tenant, bool isMakerOfTenant) = await FindTenantAsync(before, after, cancellationToken).ConfigureAwait(false);
        PermissionSum? sum = !isKnown ? null : await SumAsync(after[Permissions], token => FindRoleIdsAsync(after, isMakerOfTenant, token), cancellationToken).ConfigureAwait(false);
        if (sum is null || tenant is null)
        {
            return sum;
        }
        return await ReadOneAsync("Tenant", tenant, cancellationToken).ConfigureAwait(false) is { } limits
            && await SumAsync(limits[Permissions], token => FindRoleIdsOfTenantAsync(limits, token), cancellationToken).ConfigureAwait(false) is { } most
            ? sum.Within(most)
            : null;
    }

    // Only with a licence are there tenants.
    private async Task<(bool IsKnown, string? Tenant, bool IsMakerOfTenant)> FindTenantAsync(JsonObject? before, JsonObject after, CancellationToken cancellationToken)
    {
        string? said = ObjectShape.GetText(after, Tenant);
        if (api.Server?.IsEnterprise != true)
        {
            return (said is null, null, false);
        }
        JsonObject? own = await ReadOneAsync("Account", channel.Session.AccountId, cancellationToken).ConfigureAwait(false);
        string? ofOwn = own is null ? null : ObjectShape.GetText(own, Tenant);
        return (own is not null, said ?? (before is null ? ofOwn : null), ofOwn is not null);
    }

    private async Task<IReadOnlyList<string>?> FindRoleIdsAsync(JsonObject account, bool isMakerOfTenant, CancellationToken cancellationToken) => ObjectShape.GetVariant(account[Roles]) switch
    {
        Custom => [.. GetItems(account[Roles]![RoleIds])],
        Admin => await ReadDefaultAsync(isMakerOfTenant ? "defaultTenantRoleIds" : "defaultAdminRoleIds", cancellationToken).ConfigureAwait(false),
        _ => await ReadDefaultAsync(ObjectShape.GetVariant(account) == "Group" ? "defaultGroupRoleIds" : "defaultUserRoleIds", cancellationToken).ConfigureAwait(false),
    };

    private async Task<IReadOnlyList<string>?> FindRoleIdsOfTenantAsync(JsonObject tenant, CancellationToken cancellationToken) => ObjectShape.GetVariant(tenant[Roles]) == Custom
        ? [.. GetItems(tenant[Roles]![RoleIds])]
        : await ReadDefaultAsync("defaultTenantRoleIds", cancellationToken).ConfigureAwait(false);

    private async Task<IReadOnlyList<string>?> ReadDefaultAsync(string property, CancellationToken cancellationToken) =>
        await ReadOneAsync("Authentication", MailObject.SingletonId, cancellationToken).ConfigureAwait(false) is { } settings ? [.. GetItems(settings[property])] : null;

    // Null where a role may not be read or is not there: it may take away as well as give.
    private async Task<PermissionSum?> SumAsync(JsonNode? own, Func<CancellationToken, Task<IReadOnlyList<string>?>> findRoleIds, CancellationToken cancellationToken)
    {
        PermissionSum sum = own is JsonObject permissions ? PermissionSum.Of(permissions) : PermissionSum.None;
        if (ObjectShape.GetVariant(own) == Replace)
        {
            return sum;
        }
        if (await findRoleIds(cancellationToken).ConfigureAwait(false) is not { } open)
        {
            return null;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.Where(seen.Add).ToArray() is { Length: > 0 } next)
        {
            IReadOnlyList<JsonObject> roles = await ReadAsync("Role", next, cancellationToken).ConfigureAwait(false);
            if (roles.Count < next.Length)
            {
                return null;
            }
            sum = roles.Aggregate(sum, (all, role) => all.With(PermissionSum.Of(role)));
            open = [.. roles.SelectMany(role => GetItems(role[RoleIds]))];
        }
        return sum;
    }

    private async Task<JsonObject?> ReadOneAsync(string type, string id, CancellationToken cancellationToken) =>
        await ReadAsync(type, [id], cancellationToken).ConfigureAwait(false) is [var only] ? only : null;

    private async Task<IReadOnlyList<JsonObject>> ReadAsync(string type, string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await channel.GetAsync(ObjectTypeName.ToWire(type), ids, item => JsonObject.Create(item.Clone())!, cancellationToken).ConfigureAwait(false)).Items];
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Forbidden or MailErrorCode.Unsupported)
        {
            return [];
        }
    }

    private static IEnumerable<string> GetItems(JsonNode? set) => PermissionSum.GetItems(set);

    /// <summary>What is allowed, and what is taken away again whoever allows it.</summary>
    private sealed record PermissionSum(IReadOnlyCollection<string> Allowed, IReadOnlyCollection<string> TakenAway)
    {
        public static PermissionSum None { get; } = new([], []);

        public IEnumerable<string> Effective => Allowed.Except(TakenAway);

        public static PermissionSum Of(JsonObject item) => new([.. GetItems(item[Enabled])], [.. GetItems(item[Disabled])]);

        public static IEnumerable<string> GetItems(JsonNode? set) => set is JsonObject items ? items.Where(item => item.Value is JsonValue isIn && isIn.TryGetValue(out bool flag) && flag).Select(item => item.Key) : [];

        public PermissionSum With(PermissionSum other) => new([.. Allowed.Union(other.Allowed)], [.. TakenAway.Union(other.TakenAway)]);

        public PermissionSum Within(PermissionSum most) => new([.. Allowed.Intersect(most.Allowed)], [.. TakenAway.Union(most.TakenAway)]);

        public PermissionSum Without(IEnumerable<string> permissions) => this with { TakenAway = [.. TakenAway.Union(permissions)] };
    }
}
