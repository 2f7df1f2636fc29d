using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Queue;

/// <summary>The methods of <c>x:QueuedMessage</c>: the queue itself.</summary>
/// <param name="store">The types, and the domains of tenants.</param>
/// <param name="queue">The queue.</param>
/// <param name="view">Shows a message.</param>
/// <param name="patch">Changes one.</param>
internal sealed class QueuedMessageMethods(RegistryStore store, MessageQueue queue, QueuedMessageView view, QueuedMessagePatch patch) : IObjectMethods
{
    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, store.Schema);
        long now = queue.Execute(now => now);
        IReadOnlySet<string>? visible = FindDomains(call);
        foreach (ulong id in get.Ids ?? [.. queue.Find(_ => true).Take(call.Limits.MaxGet).Select(message => message.Id)])
        {
            if (Find(id, visible) is { } message)
            {
                JsonObject shown = ObjectView.Show(store.Schema, call.Type.Name, view.Show(message, now), get.Properties);
                shown["id"] = RegistryId.Format(id);
                get.List.Add(shown);
            }
            else if (get.Ids is not null)
            {
                get.Missing(id);
            }
        }

        return get.Answer(call);
    }

    public JsonObject Query(MethodContext call)
    {
        var arguments = QueryArguments.Read(call, store.Schema);
        var query = new QueuedMessageQuery(arguments, call.Arguments["sort"] is JsonArray { Count: > 0 });
        IReadOnlySet<string>? visible = FindDomains(call);
        IReadOnlyList<QueuedMessage> messages = queue.Find(message => visible is null || message.InvolvesAny(visible));
        return QueryPage.CutOrdered(call, arguments, query.Find(messages, readsAll: visible is not null));
    }

    public JsonObject Set(MethodContext call)
    {
        IReadOnlySet<string>? visible = FindDomains(call);
        bool isChanged = false;
        JsonObject answer = SetMethod.Read(call).Apply(
            (_, _) => throw SetException.Forbidden("Queued messages cannot be created."),
            (id, changes) =>
            {
                Update(call, Require(id, visible), changes);
                isChanged = true;
                return null;
            },
            id => queue.Remove([Require(id, visible).Id]));
        if (isChanged)
        {
            queue.Refresh();
        }

        return answer;
    }

    private void Update(MethodContext call, QueuedMessage message, JsonObject changes)
    {
        JsonObject current = view.Show(message, 0);
        current["nextRetry"] = null;
        var plain = new PlainValues(store.Schema, _ => null);
        JsonObject wanted = new ObjectPatch(store.Schema, store.Defaults, plain, []).Update(call.Type.Name, current, changes, []);
        queue.Change(message.Id, stored => patch.Apply(stored, wanted));
    }

    private QueuedMessage Require(ulong id, IReadOnlySet<string>? visible) => Find(id, visible) ?? throw SetException.NotFound();

    /// <summary>Members of a tenant see in lists what involves a domain of theirs, and beyond that only what comes from one.</summary>
    private QueuedMessage? Find(ulong id, IReadOnlySet<string>? visible) =>
        queue.Find(id) is { } message && (visible is null || visible.Contains(message.SenderDomain)) ? message : null;

    private HashSet<string>? FindDomains(MethodContext call) => call.Caller.TenantId is not { } tenant
        ? null
        : store.List("Domain").Values.Where(domain => domain.Text("memberTenantId") == RegistryId.Format(tenant))
            .SelectMany(domain => (domain.Value["aliases"] as JsonObject ?? []).Select(alias => alias.Key).Prepend(domain.Text("name")!))
            .ToHashSet(StringComparer.Ordinal);
}
