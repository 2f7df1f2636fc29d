using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Store;

/// <summary>The methods of <c>x:ArchivedItem</c>: an item that is to be restored is no archived item any more, and a task restores it.</summary>
/// <param name="store">The items, and the tasks.</param>
/// <param name="usual">Reads and destroys them.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class ArchivedItemMethods(RegistryStore store, IObjectMethods usual, TimeProvider clock) : IObjectMethods
{
    private const string Owner = "accountId";
    private const string Blob = "blobId";
    private const string Until = "archivedUntil";
    private const string Status = "status";
    private const string RequestRestore = "requestRestore";

    private static readonly string[] s_statuses = ["archived", RequestRestore];

    public JsonObject Get(MethodContext call)
    {
        JsonObject answer = usual.Get(call);
        foreach (JsonObject shown in call.IsConfinedToAccount ? answer["list"]!.AsArray().Select(item => item!.AsObject()) : [])
        {
            if (shown.ContainsKey(Blob) && store.Find(call.Type.Name, shown["id"]!.GetValue<string>()) is { } item)
            {
                // What the server keeps for itself they could not read.
                shown[Blob] = (BlobId.TryParse(item.Text(Blob))! with { Account = (uint)call.AccountId, ExpiresAt = (ulong)ReadTime(item.Text(Until)!).ToUnixTimeSeconds() }).ToString();
            }
        }

        return answer;
    }

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, store.Schema);
        if (query.Filter.Count > 0 && call.IsConfinedToAccount)
        {
            throw MethodException.UnsupportedFilter("Only who acts for everybody chooses the account.");
        }

        return RegistryQuery.Run(call, store);
    }

    public JsonObject Set(MethodContext call)
    {
        var set = SetMethod.Read(call);
        return set.Apply(
            (_, _) => throw SetException.Forbidden("What is archived was deleted before."),
            (id, patch) => set.Destroy.Contains(id) ? throw SetException.WillDestroy() : Update(call, id, patch),
            id => store.Delete(Find(call, id) ?? throw SetException.NotFound()));
    }

    // A new end of its time restores an item too, unless the status asks for that as well: then only the time is moved.
    private JsonObject? Update(MethodContext call, ulong id, JsonObject patch)
    {
        string status = s_statuses[0];
        string? until = null;
        foreach ((string name, JsonNode? value) in patch)
        {
            switch (name)
            {
                case Status when value is JsonValue text:
                    status = Array.Find(s_statuses, word => word == text.ToString()) ?? throw SetException.InvalidPatch(new PatchException(Status, "There is no such status."));
                    break;
                case Until when value is JsonValue text:
                    until = IsLater(text.ToString()) ? text.ToString() : throw SetException.InvalidPatch(new PatchException(Until, "It has to be later than now."));
                    break;
                case "id":
                    break;
                default:
                    throw SetException.InvalidProperties(null, name);
            }
        }

        if ((status != RequestRestore && until is null) || Find(call, id) is not { } item)
        {
            throw SetException.NotFound();
        }

        if (status == RequestRestore && until is not null)
        {
            var moved = (JsonObject)item.Value.DeepClone();
            moved[Until] = until;
            store.Update(item, moved);
        }
        else
        {
            store.Delete(item);
            store.Insert(store.Type("Task"), CreateTask(item));
        }

        return null;
    }

    private JsonObject CreateTask(RegistryObject item)
    {
        string now = Timestamp.Format(clock.GetUtcNow());
        return new JsonObject
        {
            [RegistrySchema.Variant] = ArchivedItemRestoration.TaskName,
            [Owner] = item.Text(Owner),
            ["archivedItemType"] = item.Text(RegistrySchema.Variant),
            [Until] = item.Text(Until),
            [Blob] = item.Text(Blob),
            ["createdAt"] = item.Text("receivedAt") ?? item.Text("createdAt"),
            [Status] = new JsonObject { [RegistrySchema.Variant] = "Pending", ["createdAt"] = now, ["due"] = now },
        };
    }

    private RegistryObject? Find(MethodContext call, ulong id) => store.Find(call.Type, id) is { } found && call.Sees(found) ? found : null;

    private bool IsLater(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time > clock.GetUtcNow();

    private static DateTimeOffset ReadTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
