using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Jmap;

/// <summary>Creates, updates and destroys objects of one type, as many as one call may hold. Its result has an outcome for each of them, whatever the server answers.</summary>
/// <param name="type">The type, such as <c>x:Account</c>.</param>
/// <param name="changes">The changes; an object stands once.</param>
internal sealed class SetCall(string type, IReadOnlyList<SetChange> changes) : JmapCall<IReadOnlyList<SetOutcome>>($"{type}/set")
{
    private static readonly (SetKind Kind, string Sent, string Done, string Refused)[] s_members =
    [
        (SetKind.Create, "create", "created", "notCreated"),
        (SetKind.Update, "update", "updated", "notUpdated"),
        (SetKind.Destroy, "destroy", "destroyed", "notDestroyed"),
    ];

    /// <summary>Whether what is created is a question, of which the server keeps nothing: then it may be asked again.</summary>
    public bool OnlyAsks { get; init; }

    /// <summary>How many changes it has.</summary>
    public int Count => changes.Count;

    public override bool ChangesServer => !OnlyAsks;

    public override IReadOnlyList<string> NeededPermissions => [.. changes.Select(change => change.Kind).Distinct().Select(kind => KnownPermissions.GetName(type, kind.ToString()))];

    protected override void WriteArguments(Utf8JsonWriter writer)
    {
        foreach ((SetKind kind, string sent, _, _) in s_members)
        {
            SetChange[] ofKind = [.. changes.Where(change => change.Kind == kind)];
            if (ofKind.Length == 0)
            {
                continue;
            }
            writer.WritePropertyName(sent);
            if (kind == SetKind.Destroy)
            {
                WriteIds(writer, ofKind);
            }
            else
            {
                WriteObjects(writer, ofKind);
            }
        }
    }

    protected override IReadOnlyList<SetOutcome> Read(JsonElement arguments, ApiRequestContext context)
    {
        var found = changes.ToDictionary(change => change, _ => new List<SetOutcome>());
        foreach ((SetKind kind, _, string done, string refused) in s_members)
        {
            var sent = changes.Where(change => change.Kind == kind).ToDictionary(change => change.Key, StringComparer.Ordinal);
            foreach ((string key, JsonElement value) in ReadMembers(arguments, done))
            {
                if (sent.TryGetValue(key, out SetChange? change))
                {
                    found[change].Add(ReadDone(change, value));
                }
            }
            foreach ((string key, JsonElement value) in ReadMembers(arguments, refused))
            {
                if (sent.TryGetValue(key, out SetChange? change))
                {
                    found[change].Add(SetOutcome.Failed(change, JmapErrors.ReadSetError(value, Method, context)));
                }
            }
        }
        return [.. changes.Select(change => found[change] is [var only] ? only : SetOutcome.Failed(change, CreateUnanswered(found[change].Count)))];
    }

    // Some of the objects may have been written before the method failed.
    protected override (IReadOnlyList<SetOutcome>? Result, MailServerException? Error) Resolve(MailServerException error)
    {
        MailServerException each = error.MayHaveBeenExecuted ? OutcomeRules.OutcomeUnknown(error, Method) : error;
        return ([.. changes.Select(change => SetOutcome.Failed(change, each))], null);
    }

    private void WriteIds(Utf8JsonWriter writer, SetChange[] destroyed)
    {
        writer.WriteStartArray();
        foreach (SetChange change in destroyed)
        {
            JmapId.ThrowIfInvalid(change.Key, Method);
            writer.WriteStringValue(change.Key);
        }
        writer.WriteEndArray();
    }

    private void WriteObjects(Utf8JsonWriter writer, SetChange[] written)
    {
        writer.WriteStartObject();
        foreach (SetChange change in written)
        {
            if (change.Kind == SetKind.Update)
            {
                JmapId.ThrowIfInvalid(change.Key, Method);
            }
            writer.WritePropertyName(change.Key);
            change.WriteValue(writer);
        }
        writer.WriteEndObject();
    }

    private static SetOutcome ReadDone(SetChange change, JsonElement value)
    {
        if (change.Kind != SetKind.Create)
        {
            return SetOutcome.Done(change, change.Key);
        }
        // An action that answers with a result has no id.
        string? id = value.TryGetProperty("id", out JsonElement given) ? given.GetString() ?? "" : null;
        return id is null || JmapId.IsValid(id) ? SetOutcome.Done(change, id, value.EnsureReadable()) : throw new JsonException("The id of a new object is none.");
    }

    // A list of ids, or an object with the ids as names.
    private static IEnumerable<(string Key, JsonElement Value)> ReadMembers(JsonElement arguments, string name) =>
        !arguments.TryGetProperty(name, out JsonElement members) || members.ValueKind == JsonValueKind.Null ? []
        : members.ValueKind == JsonValueKind.Array ? members.EnumerateArray().Select(id => (id.GetString() ?? "", id))
        : members.EnumerateObject().Select(member => (member.Name, member.Value));

    private MailServerException CreateUnanswered(int answers)
    {
        var error = new MailServerException(
            MailErrorCode.UnexpectedResponse,
            Operations.CallJmap,
            answers == 0 ? "The server does not say what became of this object." : "The server says two different things about what became of this object.")
        {
            Method = Method,
            MayHaveBeenExecuted = ChangesServer,
        };
        return ChangesServer ? OutcomeRules.OutcomeUnknown(error, Method) : error;
    }
}
