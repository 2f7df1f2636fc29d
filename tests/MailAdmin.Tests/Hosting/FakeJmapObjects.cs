using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Tests.Hosting;

/// <summary>Objects of a server from 0.16 on, of a few lines: queried by their ids alone, read and destroyed.</summary>
internal sealed class FakeJmapObjects
{
    private readonly Dictionary<string, SortedDictionary<ulong, JsonObject>> _types = [];

    public FakeJmapObjects() => Server = new FakeJmapServer(request => FakeJmapServer.Answer(Answer(request)));

    public FakeJmapServer Server { get; }

    /// <summary>Answers a call first, if it wants to.</summary>
    public Func<string, JsonElement, (string Method, string Arguments)?>? Intercept { get; set; }

    public IReadOnlyList<(string Method, JsonElement Arguments, string Id)> Calls => [.. Server.Requests.SelectMany(request => request.Calls)];

    public SortedDictionary<ulong, JsonObject> this[string type] => _types.TryGetValue(type, out SortedDictionary<ulong, JsonObject>? objects) ? objects : _types[type] = [];

    /// <summary>Adds an object; its <c>id</c> says which.</summary>
    public void Add(string type, JsonElement item)
    {
        JsonObject value = JsonNode.Parse(item.GetRawText())!.AsObject();
        this[type][JmapId.ToLargeNumber(value["id"]!.GetValue<string>())] = value;
    }

    private List<(string Method, string Arguments, string Id)> Answer(JmapRequestBody request)
    {
        var answers = new List<(string Method, string Arguments, string Id)>();
        var found = new Dictionary<string, string[]>();
        foreach ((string method, JsonElement arguments, string id) in request.Calls)
        {
            (string name, string answer) = Intercept?.Invoke(method, arguments) ?? (method, Answer(method, arguments, found, id));
            answers.Add((name, answer, id));
        }
        return answers;
    }

    private string Answer(string method, JsonElement arguments, Dictionary<string, string[]> found, string id)
    {
        SortedDictionary<ulong, JsonObject> objects = this[method.Split('/')[0]];
        switch (method.Split('/')[1])
        {
            case "query":
                arguments.TryGetProperty("filter", out _).ShouldBeFalse("this server has no filters");
                ulong? anchor = arguments.TryGetProperty("anchor", out JsonElement given) ? JmapId.ToLargeNumber(given.GetString()!) : null;
                found[id] = [.. objects.Keys.Where(key => !(key <= anchor)).Take(arguments.GetProperty("limit").GetInt32()).Select(JmapId.FromNumber)];
                return $$"""{"accountId":"d","ids":{{JsonSerializer.Serialize(found[id])}}}""";
            case "get":
                string[] ids = arguments.TryGetProperty("#ids", out JsonElement source)
                    ? found[source.GetProperty("resultOf").GetString()!]
                    : [.. arguments.GetProperty("ids").EnumerateArray().Select(each => each.GetString()!)];
                string[] there = [.. ids.Where(each => objects.ContainsKey(JmapId.ToLargeNumber(each)))];
                string[]? properties = arguments.TryGetProperty("properties", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!), "id"] : null;
                IEnumerable<string> list = there.Select(each => Select(objects[JmapId.ToLargeNumber(each)], properties));
                return $$"""{"accountId":"d","list":[{{string.Join(',', list.Reverse())}}],"notFound":{{JsonSerializer.Serialize(ids.Except(there))}}}""";
            case "set":
                string[] destroyed = [.. arguments.GetProperty("destroy").EnumerateArray().Select(each => each.GetString()!)];
                ILookup<bool, string> outcomes = destroyed.ToLookup(each => objects.Remove(JmapId.ToLargeNumber(each)));
                return $$"""{"accountId":"d","destroyed":{{JsonSerializer.Serialize(outcomes[true])}},"notDestroyed":{{JsonSerializer.Serialize(outcomes[false].ToDictionary(each => each, _ => new { type = "notFound" }))}}}""";
            default:
                throw new InvalidOperationException(method);
        }
    }

    private static string Select(JsonObject item, string[]? properties) => properties is null
        ? item.ToJsonString()
        : new JsonObject(item.Where(member => properties.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
}
