using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>The errors with which a server refuses a change, as it would write them.</summary>
internal sealed class SetRefusal(TypeSchema type, SetOrder order, SetChange change)
{
    private const int MaxPermissions = 5;

    /// <summary>The id of the object; null of a new one.</summary>
    public string? OwnId => change.Kind == SetKind.Create ? null : change.Key;

    public MailServerException Singleton() => Read(new JsonObject { ["type"] = "singleton" });

    public MailServerException NotFound() => Read(new JsonObject { ["type"] = "notFound" });

    /// <summary>A property has a value that the server does not take.</summary>
    public MailServerException InvalidValue(string property) => Read(new JsonObject { ["type"] = "invalidPatch", ["properties"] = new JsonArray(property) });

    /// <summary>It would give permissions that who gives them lacks.</summary>
    public static MailServerException Ungivable(IReadOnlyList<string> permissions)
    {
        string named = UnreadSource.JoinPermissions(permissions.Count <= MaxPermissions ? permissions : [.. permissions.Take(MaxPermissions), $"{permissions.Count - MaxPermissions} more"]);
        return new MailServerException(MailErrorCode.Forbidden, Operations.CallJmap, $"The server does not allow it: nobody can give permissions that he does not have, and the signed-in account lacks {named}.")
        {
            ServerCode = "forbidden",
            MissingPermissions = permissions,
        };
    }

    /// <summary>What is named is not there.</summary>
    public MailServerException Missing(ObjectReference target) => Read(new JsonObject { ["type"] = "invalidForeignKey", ["objectId"] = Write(target) });

    /// <summary>Another object has what only one can have.</summary>
    public MailServerException Taken(string key, ObjectReference holder) =>
        Read(new JsonObject { ["type"] = "primaryKeyViolation", ["properties"] = new JsonArray(key), ["objectId"] = Write(holder) });

    /// <summary>Others refer to it.</summary>
    public MailServerException Linked(IEnumerable<ObjectReference> others) => Read(new JsonObject
    {
        ["type"] = "objectIsLinked",
        ["objectId"] = Write(new ObjectReference(type.Name, change.Key)),
        ["linkedObjects"] = new JsonArray([.. others.Select(Write)]),
    });

    private MailServerException Read(JsonObject error) => JmapErrors.ReadSetError(JsonElement.Parse(error.ToJsonString()), $"{type.WireName}/set", new ApiRequestContext(Operations.CallJmap) { Secrets = order.Secrets });

    private static JsonObject Write(ObjectReference reference) => new() { ["object"] = reference.Type, ["id"] = reference.Id };
}
