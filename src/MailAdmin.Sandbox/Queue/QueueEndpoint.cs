using System.Globalization;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Queue;

/// <summary><c>/api/queue</c>: the queued messages, and whether the queue runs.</summary>
internal sealed class QueueEndpoint(MessageQueue queue, TenantDomains tenants)
{
    public SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("message-queue-list");
        long now = GetNow();
        (IReadOnlyList<QueuedMessage> items, int total) = FindMatches(call, now);
        bool isRunning = queue.IsRunning;
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (QueuedMessage message in items)
            {
                WriteItem(json, message, call, now);
            }

            json.WriteEndArray();
            json.WriteNumber("total"u8, total);
            json.WriteBoolean("status"u8, isRunning);
            json.WriteEndObject();
        });
    }

    public SandboxResponse Show(ApiCall call)
    {
        call.Caller.Require("message-queue-get");
        QueuedMessage message = Require(call);
        return Responses.Data(json => QueueMessageWriter.Write(json, message, GetNow(), call.Dialect));
    }

    /// <summary>A time that is past or cannot be read means now.</summary>
    public SandboxResponse RescheduleAll(ApiCall call)
    {
        call.Caller.Require("message-queue-update");
        long now = GetNow();
        IReadOnlyList<ulong> ids = FindMatchingIds(call, now);
        if (ids.Count == 0)
        {
            return Responses.Data(false);
        }

        queue.Reschedule(ids, RequestTime.ParseFuture(call.Query["at"], now) ?? now, _ => true);
        queue.Refresh();
        return Responses.Data(true);
    }

    public SandboxResponse Reschedule(ApiCall call)
    {
        call.Caller.Require("message-queue-update");
        long now = GetNow();
        QueuedMessage message = Require(call);
        string filter = call.Query["filter"] ?? "";
        Func<QueuedDomain, bool> matches = call.Dialect.QueuesByRecipient
            ? domain => domain.Recipients.Any(recipient => recipient.LowerAddress.Contains(filter, StringComparison.Ordinal))
            : domain => domain.Name.Contains(filter, StringComparison.Ordinal);
        bool found = queue.Reschedule([message.Id], RequestTime.ParseFuture(call.Query["at"], now) ?? now, matches);
        if (found)
        {
            queue.Refresh();
        }

        return Responses.Data(found);
    }

    public SandboxResponse CancelAll(ApiCall call)
    {
        call.Caller.Require("message-queue-delete");
        IReadOnlyList<ulong> ids = FindMatchingIds(call, GetNow());
        if (ids.Count > 0)
        {
            queue.RemoveAll(ids);
        }

        return Responses.Data(ids.Count > 0);
    }

    public SandboxResponse Cancel(ApiCall call)
    {
        call.Caller.Require("message-queue-delete");
        QueuedMessage message = Require(call);
        if (call.Query["filter"] is { } filter)
        {
            return Responses.Data(queue.CancelRecipients(message.Id, filter));
        }

        queue.Remove([message.Id]);
        return Responses.Data(true);
    }

    public SandboxResponse GetStatus(ApiCall call)
    {
        call.Caller.Require("message-queue-get");
        return Responses.Data(queue.IsRunning);
    }

    /// <summary>Everything but <c>stop</c> starts the queue.</summary>
    public SandboxResponse SetStatus(ApiCall call)
    {
        call.Caller.Require("message-queue-update");
        return Responses.Data(queue.SetRunning(call.GetDecodedSegment(2) != "stop"));
    }

    private long GetNow() => queue.Execute(now => now);

    /// <summary>On a bulk call <c>values</c> leaves no ids, and then there is nothing to act on.</summary>
    private IReadOnlyList<ulong> FindMatchingIds(ApiCall call, long now) =>
        call.Query.Contains("values") ? [] : [.. FindMatches(call, now).Items.Select(message => message.Id)];

    private (IReadOnlyList<QueuedMessage> Items, int Total) FindMatches(ApiCall call, long now)
    {
        var filter = new QueueFilter(call.Query, now, call.Dialect);
        IReadOnlySet<string>? visible = tenants.FindNames(call.Caller.Tenant);
        return filter.Paging.Apply(queue.Find(message => (visible is null || message.InvolvesAny(visible)) && filter.Matches(message)));
    }

    private QueuedMessage Require(ApiCall call)
    {
        IReadOnlySet<string>? visible = tenants.FindNames(call.Caller.Tenant);
        return ulong.TryParse(call.GetDecodedSegment(2), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
            && queue.Find(id) is { } message
            && (visible is null || message.InvolvesAny(visible))
                ? message
                : throw ApiException.NoSuchResource();
    }

    private static void WriteItem(Utf8JsonWriter json, QueuedMessage message, ApiCall call, long now)
    {
        if (call.Query.Contains("values"))
        {
            QueueMessageWriter.Write(json, message, now, call.Dialect);
        }
        else
        {
            json.WriteNumberValue(message.Id);
        }
    }
}
