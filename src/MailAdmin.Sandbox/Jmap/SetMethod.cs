using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>What the arguments of a set ask for, and what becomes of each.</summary>
internal sealed class SetMethod
{
    private readonly JsonObject _answer;

    private SetMethod(MethodContext call, IReadOnlyList<ulong> destroy)
    {
        _answer = call.NewAnswer();
        Destroy = destroy;
    }

    /// <summary>New objects by creation id, those that others of the call refer to first.</summary>
    private IReadOnlyList<(string CreationId, JsonObject Value)> Create { get; init; } = [];

    /// <summary>The changes. What is no id has vanished without a word.</summary>
    private IReadOnlyList<(ulong Id, JsonObject Patch)> Update { get; init; } = [];

    public IReadOnlyList<ulong> Destroy { get; }

    public static SetMethod Read(MethodContext call)
    {
        var create = call.Arguments["create"] as JsonObject;
        var update = call.Arguments["update"] as JsonObject;
        var destroy = call.Arguments["destroy"] as JsonArray;
        if ((create?.Count ?? 0) + (update?.Count ?? 0) + (destroy?.Count ?? 0) > call.Limits.MaxSet)
        {
            throw MethodException.TooLarge();
        }

        return new SetMethod(call, [.. ReadIds(destroy?.Select(id => id!.GetValue<string>()))])
        {
            Create = CreationOrder.Sort([.. create?.Select(item => (item.Key, item.Value!.AsObject())) ?? []]),
            Update = [.. update?.Where(item => RegistryId.TryParse(item.Key, out _)).Select(item => (ReadIds([item.Key]).First(), item.Value!.AsObject())) ?? []],
        };
    }

    /// <summary>Does what is asked for, each object on its own: creations, changes, then the rest. What is refused is answered so.</summary>
    /// <param name="create">Makes an object, by creation id and value. Returns what is answered.</param>
    /// <param name="update">Changes an object, by id and patch. Returns what is answered, which mostly is nothing.</param>
    /// <param name="destroy">Removes an object.</param>
    /// <returns>The answer to the call.</returns>
    public JsonObject Apply(Func<string, JsonObject, JsonObject> create, Func<ulong, JsonObject, JsonObject?> update, Action<ulong> destroy)
    {
        foreach ((string creationId, JsonObject value) in Create)
        {
            Refusals.Catch(() => Add("created", creationId, create(creationId, value)), refused => Add("notCreated", creationId, refused.Error));
        }

        foreach ((ulong id, JsonObject patch) in Update)
        {
            Refusals.Catch(() => Add("updated", RegistryId.Format(id), update(id, patch)), refused => Add("notUpdated", RegistryId.Format(id), refused.Error));
        }

        foreach (ulong id in Destroy)
        {
            Refusals.Catch(
                () =>
                {
                    destroy(id);
                    AddDestroyed(id);
                },
                refused => Add("notDestroyed", RegistryId.Format(id), refused.Error));
        }

        return _answer;
    }

    private void AddDestroyed(ulong id)
    {
        if (_answer["destroyed"] is not JsonArray destroyed)
        {
            _answer["destroyed"] = destroyed = [];
        }

        destroyed.Add(RegistryId.Format(id));
    }

    private void Add(string member, string key, JsonObject? value)
    {
        if (_answer[member] is not JsonObject entries)
        {
            _answer[member] = entries = [];
        }

        entries[key] = value;
    }

    private static IEnumerable<ulong> ReadIds(IEnumerable<string>? texts)
    {
        foreach (string text in texts ?? [])
        {
            if (RegistryId.TryParse(text, out ulong id))
            {
                yield return id;
            }
        }
    }
}
