using System.Text.Json;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary><c>/api/principal</c>: list, create, bulk delete, and get, patch and delete by name.</summary>
internal sealed class PrincipalEndpoint(PrincipalStore store, EffectivePermissions permissions, SandboxEdition edition, Action<Principal> onCreated)
{
    private readonly PrincipalWriter _writer = new(store);
    private readonly PrincipalCreator _creator = new(store);

    /// <summary>Only the vendor's build asks for a licence; a build without that code takes tenants as it takes any other principal.</summary>
    private bool RefusesTenants => edition == SandboxEdition.Community;

    /// <summary>Whether a principal can be put into a tenant. The code that does it is a part of the vendor's build.</summary>
    private bool AssignsTenants => edition != SandboxEdition.Oss;

    public SandboxResponse List(ApiCall call)
    {
        List<PrincipalType> types = ParseTypes(call.Query["types"] ?? call.Query["type"]);
        foreach (PrincipalType type in types.Count > 0 ? types : PrincipalTypes.CheckedByDefault)
        {
            call.Caller.Require(type.GetPermission("list"));
        }

        if (RefusesTenants && types.Contains(PrincipalType.Tenant))
        {
            throw ApiException.EnterpriseRequired();
        }

        var query = new PrincipalQuery
        {
            Types = types,
            Filter = call.Query["filter"],
            Tenant = FindTenant(call),
            Page = call.Query.GetInt32("page"),
            Limit = call.Query.GetInt32("limit"),
        };
        (ReadOnlyMemory<Principal> items, int total) = query.Run(store);
        if (call.Query.Contains("count"))
        {
            items = ReadOnlyMemory<Principal>.Empty;
        }

        return new PrincipalPage(store, _writer, items, total, PrincipalFields.ParseList(call.Query["fields"])).ToResponse();
    }

    public SandboxResponse Create(ApiCall call)
    {
        using JsonDocument body = call.ParseBody();
        var builder = PrincipalBuilder.Read(body.RootElement, call.Dialect);
        call.Caller.Require(builder.Type.GetPermission("create"));
        if (RefusesTenants && (builder.Type == PrincipalType.Tenant || builder.Tenant is not null))
        {
            throw ApiException.EnterpriseRequired();
        }

        if (!AssignsTenants)
        {
            builder.Tenant = null;
        }

        foreach (string role in builder.Roles)
        {
            RequireGrantable(role, call.Caller);
        }

        Principal principal = _creator.Create(builder, call.Caller);
        onCreated(principal);
        return Responses.Data(principal.Id);
    }

    public SandboxResponse DeleteMany(ApiCall call)
    {
        PrincipalType type = PrincipalTypes.Parse(call.Query["type"]) ?? throw ApiException.BadParameters();
        if (call.Query["confirm"] != "true")
        {
            throw ApiException.BadParameters();
        }

        call.Caller.Require(type.GetPermission("delete"));
        if (RefusesTenants && type == PrincipalType.Tenant)
        {
            throw ApiException.EnterpriseRequired();
        }

        (ReadOnlyMemory<Principal> items, int total) = new PrincipalQuery { Types = [type], Filter = call.Query["filter"], Tenant = FindTenant(call) }.Run(store);
        foreach (Principal principal in items.Span)
        {
            TryDelete(principal.Id);
        }

        return Responses.Data(total > 0);
    }

    public SandboxResponse Show(ApiCall call)
    {
        Principal principal = Require(call, "get");
        return Responses.Data(json => _writer.Write(json, principal, PrincipalFields.All));
    }

    public SandboxResponse Delete(ApiCall call)
    {
        Delete(Require(call, "delete").Id);
        return Responses.Success();
    }

    public SandboxResponse Patch(ApiCall call)
    {
        Principal principal = Require(call, "update");
        using JsonDocument body = call.ParseBody();
        IReadOnlyList<PrincipalChange> changes = PrincipalChange.ReadAll(body.RootElement);
        foreach (PrincipalChange change in changes)
        {
            if (change.Field == PrincipalField.Tenant && call.Caller.Tenant is not null)
            {
                throw ApiException.Forbidden();
            }

            if (change.Field == PrincipalField.Roles && change.Action != ChangeAction.RemoveItem)
            {
                foreach (string role in GetRoles(change.Value))
                {
                    RequireGrantable(role, call.Caller);
                }
            }
        }

        PrincipalPatch.Apply(store, principal.Id, changes, call.Caller, AssignsTenants);
        return Responses.Success();
    }

    /// <summary>
    /// The principal that the path names. The look-up comes before the permission, as in the server: an account without permissions can find
    /// out which names exist.
    /// </summary>
    private Principal Require(ApiCall call, string action)
    {
        Principal principal = store.Require(call.GetDecodedSegment(1), call.Caller.Tenant);
        if (RefusesTenants && principal.Type == PrincipalType.Tenant)
        {
            throw ApiException.EnterpriseRequired();
        }

        call.Caller.Require(principal.Type.GetPermission(action));
        return principal;
    }

    private void Delete(uint id)
    {
        lock (store.Gate)
        {
            Principal principal = store.Find(id) ?? throw ApiException.NotFound("");
            if (principal.Type == PrincipalType.Tenant && FindFirstInTenant(id) is { } member)
            {
                throw ApiException.Other("Tenant has members", $"Found: {member.Name}");
            }

            if (principal is { Type: PrincipalType.Domain, Tenant: not null } && FindFirstNamedIn(principal) is { } user)
            {
                throw ApiException.Other("Domain has members", $"Found: {user.Name}");
            }

            store.Remove(principal);
        }
    }

    /// <summary>The server deletes many in the background and only logs what fails.</summary>
    private void TryDelete(uint id)
    {
        try
        {
            Delete(id);
        }
        catch (ApiException)
        {
            // A tenant with members stays, and the response does not report it.
        }
    }

    private Principal? FindFirstInTenant(uint tenant) => FindFirst(principal => principal.Tenant == tenant);

    private Principal? FindFirstNamedIn(Principal domain) => FindFirst(principal =>
        principal.Tenant == domain.Tenant
        && principal.Type is not (PrincipalType.Domain or PrincipalType.ApiKey or PrincipalType.OAuthClient)
        && principal.Name.EndsWith("@" + domain.Name, StringComparison.OrdinalIgnoreCase));

    private Principal? FindFirst(Func<Principal, bool> predicate)
    {
        foreach (Principal principal in store.GetOrdered().Span)
        {
            if (predicate(principal))
            {
                return principal;
            }
        }

        return null;
    }

    private uint? FindTenant(ApiCall call)
    {
        if (edition != SandboxEdition.Enterprise || call.Caller.Tenant is not null || call.Query["tenant"] is not { } name)
        {
            return call.Caller.Tenant;
        }

        return store.Find(name) is { Type: PrincipalType.Tenant } tenant ? tenant.Id : null;
    }

    /// <summary>A role may be granted by a caller who has all of its permissions; one that does not exist is reported later.</summary>
    private void RequireGrantable(string role, Caller caller)
    {
        uint? found = store.Find(role) is { Type: PrincipalType.Role } principal && principal.IsVisibleTo(caller.Tenant)
            ? principal.Id
            : BuiltInRoles.FindId(role);
        if (found is { } id && !permissions.GetForRole(id).IsSubsetOf(caller.Permissions))
        {
            throw ApiException.Other("Invalid role", $"You cannot grant \"{role}\"");
        }
    }

    private static string[] GetRoles(PrincipalValue value) => value switch
    {
        PrincipalValue.Text text => [text.Value],
        PrincipalValue.Texts texts => texts.Values,
        _ => [],
    };

    private static List<PrincipalType> ParseTypes(string? names) =>
        [.. (names ?? "").Split(',').Select(PrincipalTypes.Parse).OfType<PrincipalType>().Distinct()];
}
