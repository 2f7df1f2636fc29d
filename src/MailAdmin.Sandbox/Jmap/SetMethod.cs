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
    public IReadOnlyList<(string CreationId, JsonObject Value)> Create { get; private init; } = [];

    /// <summary>The changes. What is no id has vanished without a word.</summary>
    public IReadOnlyList<(ulong Id, JsonObject Patch)> Update { get; private init; } = [];

    public IReadOnlyList<ulong> Destroy { get; }

    public JsonObject Answer => _answer;

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

    public void Created(string creationId, JsonObject made) => Add("created", creationId, made);

    public void NotCreated(string creationId, SetException refused) => Add("notCreated", creationId, refused.Error);

    public void Updated(ulong id, JsonObject? answer) => Add("updated", RegistryId.Format(id), answer);

    public void NotUpdated(ulong id, SetException refused) => Add("notUpdated", RegistryId.Format(id), refused.Error);

    public void NotDestroyed(ulong id, SetException refused) => Add("notDestroyed", RegistryId.Format(id), refused.Error);

    public void Destroyed(ulong id)
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
