using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

/// <summary>
/// The queue of a server from 0.16 on, of a few lines: sorted by the time of the next attempt, compared letter by letter, cancelled as the recording shows it.
/// </summary>
internal sealed class FakeJmapQueue
{
    private const ulong FirstId = 342084653895266304;
    private readonly Lock _gate = new();

    public FakeJmapQueue(int count = 0)
    {
        Server = new FakeJmapServer(Respond);
        Server.Server.Time = Time;
        for (int i = 0; i < count; i++)
        {
            // The later ones are due first.
            Add($"sender{i}@example.org", Time.Now.AddHours(2).AddSeconds(-i), $"rcpt{i}@remote.test");
        }
    }

    public FakeJmapServer Server { get; }

    public FrozenTime Time { get; } = new();

    public SortedDictionary<ulong, Message> Messages { get; } = [];

    /// <summary>What happens after each query of ids.</summary>
    public Action? AfterQuery { get; set; }

    /// <summary>Answers a set first, if it wants to.</summary>
    public Func<JsonElement, (string Method, string Arguments)?>? InterceptSet { get; set; }

    public int MaxResults { get; set; } = 5000;

    public IReadOnlyList<string> Calls => [.. Server.Requests.SelectMany(request => request.Calls).Select(call => call.Method)];

    public IReadOnlyList<JsonElement> Sets => [.. Server.Requests.SelectMany(request => request.Calls).Where(call => call.Method.EndsWith("/set", StringComparison.Ordinal)).Select(call => call.Arguments)];

    public ulong Add(string from, DateTimeOffset due, params string[] to)
    {
        lock (_gate)
        {
            ulong id = FirstId + ((ulong)Messages.Count * 1001);
            Messages[id] = new Message(from, [.. to.Select(address => new Recipient(address) { Due = due })]);
            return id;
        }
    }

    public Task<MailClient> ConnectAsync() => Server.ConnectAsync();

    private HttpResponseMessage Respond(JmapRequestBody request)
    {
        lock (_gate)
        {
            return FakeJmapServer.Answer(request.Calls.Select(call =>
            {
                (string method, string answer) = Answer(call.Method, call.Arguments);
                return (method, answer, call.Id);
            }).ToArray());
        }
    }

    private (string Method, string Arguments) Answer(string method, JsonElement arguments) => method switch
    {
        "x:QueuedMessage/query" => Query(method, arguments),
        "x:QueuedMessage/get" => (method, Get(arguments)),
        "x:QueuedMessage/set" => InterceptSet?.Invoke(arguments) ?? (method, Set(arguments)),
        _ => throw new InvalidOperationException(method),
    };

    private (string Method, string Arguments) Query(string method, JsonElement arguments)
    {
        string? text = null, from = null, to = null;
        DateTimeOffset first = DateTimeOffset.MinValue, last = DateTimeOffset.MaxValue;
        foreach (JsonProperty condition in arguments.TryGetProperty("filter", out JsonElement filter) ? filter.EnumerateObject() : default)
        {
            string value = condition.Value.GetString()!;
            switch (condition.Name)
            {
                case "text": text = value; break;
                case "returnPath": from = value; break;
                case "to": to = value; break;
                case "dueIsLessThanOrEqual": last = ParseTime(value); break;
                case "dueIsGreaterThanOrEqual": first = ParseTime(value); break;
                default: throw new InvalidOperationException(condition.Name);
            }
        }
        if (first > last)
        {
            return ("error", """{"type":"unsupportedFilter"}""");
        }
        arguments.GetProperty("sort")[0].GetProperty("property").GetString().ShouldBe("due");
        IEnumerable<string> ids = Messages
            .Where(item => item.Value.Due is { } due && due >= first && due <= last && IsMatch(item.Value, text, from, to))
            .OrderBy(item => item.Value.Due)
            .Select(item => JmapId.FromNumber(item.Key))
            .Skip(arguments.TryGetProperty("position", out JsonElement position) ? position.GetInt32() : 0)
            .Take(Math.Min(arguments.GetProperty("limit").GetInt32(), MaxResults));
        string answer = $$"""{"accountId":"d","queryState":"n","canCalculateChanges":true,"position":0,"ids":{{JsonSerializer.Serialize(ids)}}}""";
        AfterQuery?.Invoke();
        return (method, answer);
    }

    private static bool IsMatch(Message message, string? text, string? from, string? to) => text is null
        ? (from is null || message.From.Contains(from, StringComparison.Ordinal)) && (to is null || message.Recipients.Exists(recipient => recipient.Address.Contains(to, StringComparison.Ordinal)))
        : message.From.Contains(text, StringComparison.Ordinal) || message.Recipients.Exists(recipient => recipient.Address.Contains(text, StringComparison.Ordinal));

    private string Get(JsonElement arguments)
    {
        string[] ids = [.. arguments.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];
        string[] there = [.. ids.Where(id => Messages.ContainsKey(JmapId.ToLargeNumber(id)))];
        bool isWhole = !arguments.TryGetProperty("properties", out _);
        // The server answers them in an order of its own.
        string list = string.Join(',', there.Reverse().Select(id => isWhole ? ToJson(id) : $$"""{"id":"{{id}}"}"""));
        return $$"""{"accountId":"d","list":[{{list}}],"notFound":{{JsonSerializer.Serialize(ids.Except(there))}}}""";
    }

    private string ToJson(string id)
    {
        Message message = Messages[JmapId.ToLargeNumber(id)];
        var recipients = new JsonObject();
        foreach (Recipient recipient in message.Recipients)
        {
            recipients[recipient.Address] = JsonNode.Parse($$"""
                {"retryCount":0,"retryDue":"{{WireTime.Floor(recipient.Due)}}","notifyCount":0,"notifyDue":"{{WireTime.Floor(Time.Now.AddDays(1))}}",
                 "expires":{"expiresAt":"{{WireTime.Floor(Time.Now.AddDays(3))}}","@type":"Ttl"},"queueName":"remote","status":{"@type":"{{recipient.Status}}"},"flags":{},"orcpt":null}
                """);
        }
        return $$"""
            {"createdAt":"{{WireTime.Floor(Time.Now)}}","nextRetry":null,"nextNotify":null,"blobId":"blob","returnPath":"{{message.From}}","recipients":{{recipients.ToJsonString()}},
             "receivedFromIp":"127.0.0.1","receivedViaPort":2526,"flags":{"authenticated":true},"envId":null,"priority":0,"size":220,"id":"{{id}}"}
            """;
    }

    private string Set(JsonElement arguments)
    {
        var updated = new JsonObject();
        var notUpdated = new JsonObject();
        var destroyed = new JsonArray();
        var notDestroyed = new JsonObject();
        foreach (JsonProperty update in arguments.TryGetProperty("update", out JsonElement updates) ? updates.EnumerateObject() : default)
        {
            if (Messages.TryGetValue(JmapId.ToLargeNumber(update.Name), out Message? message))
            {
                Patch(message, update.Value);
                updated[update.Name] = null;
                if (message.Due is null)
                {
                    Messages.Remove(JmapId.ToLargeNumber(update.Name));
                }
            }
            else
            {
                notUpdated[update.Name] = new JsonObject { ["type"] = "notFound" };
            }
        }
        foreach (JsonElement id in arguments.TryGetProperty("destroy", out JsonElement ids) ? ids.EnumerateArray() : default)
        {
            if (Messages.Remove(JmapId.ToLargeNumber(id.GetString()!)))
            {
                destroyed.Add(id.GetString());
            }
            else
            {
                notDestroyed[id.GetString()!] = new JsonObject { ["type"] = "notFound" };
            }
        }
        return new JsonObject { ["accountId"] = "d", ["updated"] = updated, ["notUpdated"] = notUpdated, ["destroyed"] = destroyed, ["notDestroyed"] = notDestroyed }.ToJsonString();
    }

    private static void Patch(Message message, JsonElement patch)
    {
        foreach (JsonProperty change in patch.EnumerateObject())
        {
            string[] path = [.. change.Name.Split('/').Select(element => element.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            if (path is ["nextRetry"])
            {
                message.Recipients.ForEach(recipient => recipient.Due = recipient.Status == "PermanentFailure" ? recipient.Due : ParseTime(change.Value.GetString()!));
                continue;
            }
            path[0].ShouldBe("recipients");
            Recipient meant = message.Recipients.Single(recipient => recipient.Address == path[1]);
            if (path is [_, _, "retryDue"])
            {
                meant.Due = ParseTime(change.Value.GetString()!);
            }
            else
            {
                change.Value.ValueKind.ShouldBe(JsonValueKind.Null);
                meant.Status = "PermanentFailure";
            }
        }
    }

    private static DateTimeOffset ParseTime(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>A message of it.</summary>
    internal sealed record Message(string From, List<Recipient> Recipients)
    {
        public DateTimeOffset? Due => Recipients.Where(recipient => recipient.Status is "Scheduled" or "TemporaryFailure").Min(recipient => (DateTimeOffset?)recipient.Due);
    }

    /// <summary>A recipient of it.</summary>
    internal sealed record Recipient(string Address)
    {
        public string Status { get; set; } = "Scheduled";

        public DateTimeOffset Due { get; set; }
    }
}
