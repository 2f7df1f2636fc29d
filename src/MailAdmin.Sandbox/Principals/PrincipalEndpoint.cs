using System.Text.Json;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary><c>/api/principal</c>: list, create, bulk delete, and get, patch and delete by name.</summary>
internal sealed class PrincipalEndpoint(PrincipalStore store, PermissionBook permissions, bool enterprise, Action<Principal> created) : IEndpoint
{
    private readonly PrincipalWriter _writer = new(store);
    private readonly PrincipalCreation _creation = new(store);

    public SandboxResponse Answer(ApiCall call)
    {
        if (call.Path.Length > 1)
        {
            return AnswerOne(call);
        }

        return call.Method switch
        {
            "GET" => List(call),
            "POST" => Create(call),
            "DELETE" => DeleteMany(call),
            _ => throw Refusal.NoSuchResource(),
        };
    }

    private SandboxResponse List(ApiCall call)
    {
        List<PrincipalType> types = ParseTypes(call.Query["types"] ?? call.Query["type"]);
        foreach (PrincipalType type in types.Count > 0 ? types : PrincipalTypes.CheckedByDefault)
        {
            call.Caller.Require(type.Permission("list"));
        }

        if (!enterprise && types.Contains(PrincipalType.Tenant))
        {
            throw Refusal.Enterprise();
        }

        var query = new PrincipalQuery
        {
            Types = types,
            Filter = call.Query["filter"],
            Tenant = FindTenant(call),
            Page = call.Query.Number("page"),
            Limit = call.Query.Number("limit"),
        };
        (ReadOnlyMemory<Principal> items, int total) = query.Run(store);
        if (call.Query.Has("count"))
        {
            items = ReadOnlyMemory<Principal>.Empty;
        }

        return new PrincipalPage(store, _writer, items, total, PrincipalFields.ParseList(call.Query["fields"])).ToResponse();
    }

    private SandboxResponse Create(ApiCall call)
    {
        using JsonDocument body = call.Json();
        var builder = PrincipalDraft.Parse(body.RootElement, call.Dialect);
        call.Caller.Require(builder.Type.Permission("create"));
        if (!enterprise && (builder.Type == PrincipalType.Tenant || builder.Tenant is not null))
        {
            throw Refusal.Enterprise();
        }

        foreach (string role in builder.Roles)
        {
            RequireGrantable(role, call.Caller);
        }

        Principal principal = _creation.Create(builder, call.Caller);
        created(principal);
        return Answers.Data(principal.Id);
    }

    private SandboxResponse DeleteMany(ApiCall call)
    {
        PrincipalType type = PrincipalTypes.Parse(call.Query["type"]) ?? throw Refusal.BadParameters();
        if (call.Query["confirm"] != "true")
        {
            throw Refusal.BadParameters();
        }

        call.Caller.Require(type.Permission("delete"));
        if (!enterprise && type == PrincipalType.Tenant)
        {
            throw Refusal.Enterprise();
        }

        (ReadOnlyMemory<Principal> items, int total) = new PrincipalQuery { Types = [type], Filter = call.Query["filter"], Tenant = FindTenant(call) }.Run(store);
        foreach (Principal principal in items.Span)
        {
            DeleteQuietly(principal.Id);
        }

        return Answers.Data(total > 0);
    }

    private SandboxResponse AnswerOne(ApiCall call)
    {
        // Looking up comes before the permission: a narrow account learns which names exist.
        Principal principal = store.Require(call.Decoded(1), call.Caller.Tenant);
        if (!enterprise && principal.Type == PrincipalType.Tenant)
        {
            throw Refusal.Enterprise();
        }

        switch (call.Method)
        {
            case "GET":
                call.Caller.Require(principal.Type.Permission("get"));
                return Answers.Data(json => _writer.Write(json, principal, PrincipalFields.All));
            case "PATCH":
                call.Caller.Require(principal.Type.Permission("update"));
                Patch(call, principal);
                return Answers.Done();
            case "DELETE":
                call.Caller.Require(principal.Type.Permission("delete"));
                Delete(principal.Id);
                return Answers.Done();
            default:
                throw Refusal.NoSuchResource();
        }
    }

    private void Patch(ApiCall call, Principal principal)
    {
        using JsonDocument body = call.Json();
        IReadOnlyList<PrincipalChange> changes = PrincipalChange.ParseAll(body.RootElement);
        foreach (PrincipalChange change in changes)
        {
            if (change.Field == PrincipalField.Tenant && call.Caller.Tenant is not null)
            {
                throw Refusal.Forbidden();
            }

            if (change.Field == PrincipalField.Roles && change.Action != ChangeAction.RemoveItem)
            {
                foreach (string role in RolesIn(change.Value))
                {
                    RequireGrantable(role, call.Caller);
                }
            }
        }

        PrincipalPatch.Apply(store, principal.Id, changes, call.Caller);
    }

    private void Delete(uint id)
    {
        lock (store.Gate)
        {
            Principal principal = store.Find(id) ?? throw Refusal.NotFound("");
            if (principal.Type == PrincipalType.Tenant && FirstInTenant(id) is { } member)
            {
                throw Refusal.Other("Tenant has members", $"Found: {member.Name}");
            }

            if (principal is { Type: PrincipalType.Domain, Tenant: not null } && FirstNamedIn(principal) is { } user)
            {
                throw Refusal.Other("Domain has members", $"Found: {user.Name}");
            }

            store.Remove(principal);
        }
    }

    /// <summary>The server deletes many in the background and only logs what fails.</summary>
    private void DeleteQuietly(uint id)
    {
        try
        {
            Delete(id);
        }
        catch (Refusal)
        {
            // A tenant with members stays, and the caller is told nothing.
        }
    }

    private Principal? FirstInTenant(uint tenant) => First(principal => principal.Tenant == tenant);

    private Principal? FirstNamedIn(Principal domain) => First(principal =>
        principal.Tenant == domain.Tenant
        && principal.Type is not (PrincipalType.Domain or PrincipalType.ApiKey or PrincipalType.OAuthClient)
        && principal.Name.EndsWith("@" + domain.Name, StringComparison.OrdinalIgnoreCase));

    private Principal? First(Func<Principal, bool> wanted)
    {
        foreach (Principal principal in store.Ordered().Span)
        {
            if (wanted(principal))
            {
                return principal;
            }
        }

        return null;
    }

    private uint? FindTenant(ApiCall call)
    {
        if (!enterprise || call.Caller.Tenant is not null || call.Query["tenant"] is not { } name)
        {
            return call.Caller.Tenant;
        }

        return store.Find(name) is { Type: PrincipalType.Tenant } tenant ? tenant.Id : null;
    }

    /// <summary>A role may be given by whoever holds all that it gives; one that does not exist is reported later.</summary>
    private void RequireGrantable(string role, Caller caller)
    {
        uint? found = store.Find(role) is { Type: PrincipalType.Role } principal && principal.IsVisibleTo(caller.Tenant)
            ? principal.Id
            : BuiltInRoles.Find(role);
        if (found is { } id && !permissions.OfRole(id).IsSubsetOf(caller.Permissions))
        {
            throw Refusal.Other("Invalid role", $"You cannot grant \"{role}\"");
        }
    }

    private static string[] RolesIn(PrincipalValue value) => value switch
    {
        PrincipalValue.Text text => [text.Value],
        PrincipalValue.Texts texts => texts.Values,
        _ => [],
    };

    private static List<PrincipalType> ParseTypes(string? names) =>
        [.. (names ?? "").Split(',').Select(PrincipalTypes.Parse).OfType<PrincipalType>().Distinct()];
}
