using System.Globalization;
using System.Text.Json;
using CsCheck;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

/// <summary>Whatever is done to the sandbox's queue, it shows what a small model of a queue shows.</summary>
public sealed class SandboxQueueModelTests
{
    [Fact]
    public Task Any_story_leaves_the_sandbox_and_the_model_alike() => QueueOperation.Sequences.SampleAsync(PlayAsync, iter: 300);

    private static async Task PlayAsync(QueueOperation[] story)
    {
        var time = new FrozenTime();
        var server = new SandboxServer(new SandboxOptions { Empty = true, TimeProvider = time, DeliveryTime = TimeSpan.Zero });
        await server.AddUserAsync("john", "john-secret");
        var model = new QueueModel(time.Now.ToUnixTimeSeconds());
        foreach (QueueOperation operation in story)
        {
            await PlayAsync(server, model, operation);
            (await ListAsync(server, "")).ShouldBe(model.List("", "", "", null, null), operation.ToString());
            (await server.SendAsync("GET", "/api/queue/status")).Data.GetBoolean().ShouldBe(model.IsRunning);
        }

        (await server.SendAsync("DELETE", "/api/store/uids/john")).Data[1].GetInt32().ShouldBe(model.ReceivedCount, "bounces and local mail");
    }

    private static async Task PlayAsync(SandboxServer server, QueueModel model, QueueOperation operation)
    {
        switch (operation.Kind)
        {
            case "deliver":
                server.Deliver("john", "john@example.org", operation.Recipients, "Subject: hello\r\n\r\nhello\r\n"u8.ToArray()).ShouldBeNull();
                model.Deliver("john@example.org", operation.Recipients);
                break;
            case "advance":
                server.Clock.Advance(TimeSpan.FromSeconds(operation.Seconds));
                model.Advance(operation.Seconds);
                break;
            case "stop" or "start":
                (await AskAsync(server, "PATCH", $"status/{operation.Kind}")).ShouldBe(model.SetRunning(operation.Kind == "start"));
                break;
            case "rescheduleAll":
                (await AskAsync(server, "PATCH", $"messages?text={operation.Text}&at={At(model, operation)}"))
                    .ShouldBe(model.RescheduleAll(operation.Text, Future(model, operation)));
                break;
            case "cancelAll":
                (await AskAsync(server, "DELETE", $"messages?text={operation.Text}")).ShouldBe(model.CancelAll(operation.Text));
                break;
            case "list":
                await CompareListsAsync(server, model, operation);
                break;
            case var _ when model.Count > 0:
                await PlayOnOneAsync(server, model, operation, operation.Index % model.Count);
                break;
            default:
                break;
        }
    }

    private static async Task PlayOnOneAsync(SandboxServer server, QueueModel model, QueueOperation operation, int index)
    {
        ulong id = (await server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("items")[index].GetUInt64();
        switch (operation.Kind)
        {
            case "reschedule":
                (await AskAsync(server, "PATCH", $"messages/{id}?filter={operation.Text}&at={At(model, operation)}"))
                    .ShouldBe(model.Reschedule(index, operation.Text, Future(model, operation)));
                break;
            case "cancel":
                (await AskAsync(server, "DELETE", $"messages/{id}")).ShouldBeTrue();
                model.Cancel(index);
                break;
            default:
                (await AskAsync(server, "DELETE", $"messages/{id}?filter={operation.Text}")).ShouldBe(model.CancelRecipients(index, operation.Text));
                break;
        }
    }

    private static async Task CompareListsAsync(SandboxServer server, QueueModel model, QueueOperation operation)
    {
        long? time = Future(model, operation);
        (string text, string at) = (operation.Text, At(model, operation));
        (await ListAsync(server, $"&text={text}")).ShouldBe(model.List(text, "", "", null, null));
        (await ListAsync(server, $"&from=john&to={text}")).ShouldBe(model.List("", "john", text, null, null));
        (await ListAsync(server, $"&before={at}")).ShouldBe(model.List("", "", "", time, null));
        (await ListAsync(server, $"&text={text}&from=nobody&after={at}")).ShouldBe(model.List(text, "", "", null, time));
        (await ListAsync(server, $"&filter={text}")).ShouldBe(model.List("", "", "", null, null), "there is no such filter");
        (await AskAsync(server, "DELETE", $"messages?values=1&text={text}")).ShouldBeFalse("values leaves nothing to act on");
    }

    private static string At(QueueModel model, QueueOperation operation) =>
        DateTimeOffset.FromUnixTimeSeconds(model.Now + operation.Seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static long? Future(QueueModel model, QueueOperation operation) => operation.Seconds >= 0 ? model.Now + operation.Seconds : null;

    private static async Task<bool> AskAsync(SandboxServer server, string method, string target) =>
        (await server.SendAsync(method, $"/api/queue/{target}")).Data.GetBoolean();

    private static async Task<IReadOnlyList<string>> ListAsync(SandboxServer server, string filter) =>
        [.. (await server.SendAsync("GET", $"/api/queue/messages?values=1{filter}")).Data.GetProperty("items").EnumerateArray().Select(Describe)];

    private static string Describe(JsonElement message) => string.Join("; ", message.GetProperty("domains").EnumerateArray().Select(domain => string.Create(
        CultureInfo.InvariantCulture,
        $"{domain.GetProperty("name")} {State(domain)} {domain.GetProperty("retry_num")} {Seconds(domain, "next_retry")} {Seconds(domain, "expires")} [{string.Join(", ", domain.GetProperty("recipients").EnumerateArray().Select(recipient => $"{recipient.GetProperty("address")} {State(recipient)}"))}]")));

    private static long Seconds(JsonElement domain, string name) => domain.GetProperty(name).GetDateTimeOffset().ToUnixTimeSeconds();

    private static string State(JsonElement holder)
    {
        JsonElement status = holder.GetProperty("status");
        return status.ValueKind == JsonValueKind.String
            ? "waiting"
            : status.EnumerateObject().Single().Name switch
            {
                "completed" => "done",
                "temp_fail" => "later",
                _ => "failed",
            };
    }
}
