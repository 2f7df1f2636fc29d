using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>What a method needs to know of its call.</summary>
/// <param name="Type">The type of the objects.</param>
/// <param name="Arguments">The arguments, references resolved.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="AccountId">The account acted for.</param>
/// <param name="CreatedIds">What the request has created so far, by creation id.</param>
/// <param name="Limits">The limits in force.</param>
internal sealed record MethodContext(ObjectType Type, JsonObject Arguments, ICallerRights Caller, ulong AccountId, IDictionary<string, string> CreatedIds, JmapLimits Limits)
{
    /// <summary>The beginning of every answer.</summary>
    public JsonObject NewAnswer() => new() { ["accountId"] = RegistryId.Format(AccountId) };

    /// <summary>Whether an object is among those that the caller is confined to.</summary>
    public bool Sees(RegistryObject found) =>
        (!Type.Tenant || Caller.TenantId is not { } tenant || found.Text("memberTenantId") == RegistryId.Format(tenant))
        && (!IsConfinedToAccount || found.Text("accountId") == RegistryId.Format(AccountId));

    /// <summary>Whether only the objects of one account are there.</summary>
    public bool IsConfinedToAccount => Type.Account && !Caller.Has("impersonate");
}
