using System.Globalization;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Queue;

/// <summary><c>/api/queue</c>: the messages on their way, whether the queue runs, and the reports that wait to be sent.</summary>
internal sealed class QueueEndpoint(MessageQueue queue, TenantDomains tenants, IEndpoint reports) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call) => (call.Method, call.Element(1), call.Path.Length) switch
    {
        ("GET", "messages", 2) => List(call),
        ("PATCH", "messages", 2) => RescheduleAll(call),
        ("DELETE", "messages", 2) => CancelAll(call),
        ("GET", "messages", > 2) => Show(call),
        ("PATCH", "messages", > 2) => Reschedule(call),
        ("DELETE", "messages", > 2) => Cancel(call),
        ("GET", "status", 2) => Status(call),
        ("PATCH", "status", > 2) => SetStatus(call),
        (_, "reports", _) => reports.Answer(call),
        _ => throw Refusal.NoSuchResource(),
    };

    private SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("message-queue-list");
        long now = Now();
        (IReadOnlyList<QueuedMessage>? items, int total) = Matches(call, now);
        bool isRunning = queue.IsRunning;
        return Answers.Data(json =>
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

    private SandboxResponse Show(ApiCall call)
    {
        call.Caller.Require("message-queue-get");
        QueuedMessage message = Require(call);
        return Answers.Data(json => QueueMessageWriter.Write(json, message, Now(), call.Dialect));
    }

    /// <summary>A time that is past or cannot be read means now.</summary>
    private SandboxResponse RescheduleAll(ApiCall call)
    {
        call.Caller.Require("message-queue-update");
        long now = Now();
        IReadOnlyList<ulong> ids = MatchingIds(call, now);
        if (ids.Count == 0)
        {
            return Answers.Data(false);
        }

        queue.Reschedule(ids, FutureTime.Read(call.Query["at"], now) ?? now, _ => true);
        queue.Refresh();
        return Answers.Data(true);
    }

    private SandboxResponse Reschedule(ApiCall call)
    {
        call.Caller.Require("message-queue-update");
        long now = Now();
        QueuedMessage message = Require(call);
        string part = call.Query["filter"] ?? "";
        Func<QueuedDomain, bool> matches = call.Dialect.QueuesByRecipient
            ? domain => domain.Recipients.Any(recipient => recipient.LowerAddress.Contains(part, StringComparison.Ordinal))
            : domain => domain.Name.Contains(part, StringComparison.Ordinal);
        bool found = queue.Reschedule([message.Id], FutureTime.Read(call.Query["at"], now) ?? now, matches);
        if (found)
        {
            queue.Refresh();
        }

        return Answers.Data(found);
    }

    private SandboxResponse CancelAll(ApiCall call)
    {
        call.Caller.Require("message-queue-delete");
        IReadOnlyList<ulong> ids = MatchingIds(call, Now());
        if (ids.Count > 0)
        {
            queue.RemoveAll(ids);
        }

        return Answers.Data(ids.Count > 0);
    }

    private SandboxResponse Cancel(ApiCall call)
    {
        call.Caller.Require("message-queue-delete");
        QueuedMessage message = Require(call);
        if (call.Query["filter"] is { } part)
        {
            return Answers.Data(queue.CancelRecipients(message.Id, part));
        }

        queue.Remove([message.Id]);
        return Answers.Data(true);
    }

    private SandboxResponse Status(ApiCall call)
    {
        call.Caller.Require("message-queue-get");
        return Answers.Data(queue.IsRunning);
    }

    /// <summary>Whatever is not <c>stop</c> starts it.</summary>
    private SandboxResponse SetStatus(ApiCall call)
    {
        call.Caller.Require("message-queue-update");
        return Answers.Data(queue.SetRunning(call.Decoded(2) != "stop"));
    }

    private long Now() => queue.Read(now => now);

    /// <summary>On a bulk call <c>values</c> leaves no ids, and then there is nothing to act on.</summary>
    private IReadOnlyList<ulong> MatchingIds(ApiCall call, long now) =>
        call.Query.Has("values") ? [] : [.. Matches(call, now).Items.Select(message => message.Id)];

    private (IReadOnlyList<QueuedMessage> Items, int Total) Matches(ApiCall call, long now)
    {
        var filter = new QueueFilter(call.Query, now, call.Dialect);
        IReadOnlySet<string>? visible = tenants.Of(call.Caller.Tenant);
        return filter.Paging.Cut(queue.Find(message => (visible is null || message.Concerns(visible)) && filter.Matches(message)));
    }

    private QueuedMessage Require(ApiCall call)
    {
        IReadOnlySet<string>? visible = tenants.Of(call.Caller.Tenant);
        return ulong.TryParse(call.Decoded(2), NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
            && queue.Find(id) is { } message
            && (visible is null || message.Concerns(visible))
                ? message
                : throw Refusal.NoSuchResource();
    }

    private static void WriteItem(Utf8JsonWriter json, QueuedMessage message, ApiCall call, long now)
    {
        if (call.Query.Has("values"))
        {
            QueueMessageWriter.Write(json, message, now, call.Dialect);
        }
        else
        {
            json.WriteNumberValue(message.Id);
        }
    }
}
