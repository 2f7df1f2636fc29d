using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>The comparison sees what differs, and nothing else: the recording is held against itself, whole and spoiled.</summary>
public sealed class ResponseComparisonTests
{
    private readonly LiveIds _ids = new();
    private readonly LiveValues _values = new(TimeProvider.System);

    [Fact]
    public void The_recording_agrees_with_itself()
    {
        string[] complaints = [.. JmapReplay.ReadLines().Where(IsExchange).SelectMany(line => Compare(line, RecordedBody.GetText(line.Response)).Select(what => $"{line.Id}: {what}"))];
        complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("error type", "197", """{"methodResponses":[["error",{"type":"forbidden"},"0"]],"sessionState":"x"}""")]
    [InlineData("not created", "197", """{"methodResponses":[["x:Account/set",{"accountId":"d333333","notCreated":{"n":{"type":"forbidden"}}},"0"]],"sessionState":"x"}""")]
    [InlineData("no id", "197", """{"methodResponses":[["x:Account/set",{"accountId":"d333333","created":{"n":{}}},"0"]],"sessionState":"x"}""")]
    [InlineData("another clash", "251", """{"methodResponses":[["x:Account/set",{"accountId":"d333333","notCreated":{"n":{"type":"primaryKeyViolation","properties":["name"],"objectId":{"object":"Account","id":"d"}}}},"0"]],"sessionState":"x"}""")]
    [InlineData("one permission less", "124", null)]
    public void A_spoiled_answer_differs(string what, string id, string? answer)
    {
        RecordedLine line = JmapReplay.ReadLines().First(line => line.Id == id);
        Compare(line, answer ?? WithoutOnePermission(line)).ShouldNotBeEmpty(what);
    }

    [Fact]
    public void Ids_have_to_be_those_of_the_same_objects()
    {
        const string Recorded = """{"methodResponses":[["x:Account/query",{"accountId":"d","ids":["b","c"]},"0"]]}""";
        _ids.Learn("Account", "d", "z");
        _ids.Learn("Account", "b", "x");
        _ids.Learn("Account", "c", "y");
        Compare(Recorded, """{"methodResponses":[["x:Account/query",{"accountId":"z","ids":["x","y"]},"0"]]}""").ShouldBeEmpty();
        Compare(Recorded, """{"methodResponses":[["x:Account/query",{"accountId":"z","ids":["y","x"]},"0"]]}""").ShouldHaveSingleItem().ShouldContain("order");
        Compare(Recorded, """{"methodResponses":[["x:Account/query",{"accountId":"z","ids":["x"]},"0"]]}""").ShouldNotBeEmpty();
        Compare(Recorded, """{"methodResponses":[["x:Account/query",{"accountId":"x","ids":["x","y"]},"0"]]}""").ShouldHaveSingleItem().ShouldContain("accountId");
    }

    private static bool IsExchange(RecordedLine line) =>
        line.Request is not null && line.Response.TryGetProperty("status", out _) && !line.Response.TryGetProperty("frames", out _);

    private IReadOnlyList<string> Compare(RecordedLine line, string answer)
    {
        bool isBinary = line.Response.TryGetProperty("bodyBase64", out JsonElement encoded);
        JsonElement request = line.Request!.Value;
        return Compare(
            line,
            new SandboxRequest
            {
                Method = request.GetProperty("method").GetString()!,
                Target = request.GetProperty("path").GetString()!,
                Body = Encoding.UTF8.GetBytes(request.TryGetProperty("body", out JsonElement body) ? body.GetString() ?? "" : ""),
            },
            isBinary ? encoded.GetBytesFromBase64() : Encoding.UTF8.GetBytes(answer));
    }

    private IReadOnlyList<string> Compare(string recorded, string answer)
    {
        var json = new JsonObject { ["response"] = new JsonObject { ["status"] = 200, ["headers"] = new JsonObject { ["content-type"] = "application/json" }, ["body"] = recorded } };
        return Compare(new RecordedLine("1", "test", "test", JsonElement.Parse(json.ToJsonString())), new SandboxRequest { Method = "POST", Target = "/jmap" }, Encoding.UTF8.GetBytes(answer));
    }

    private IReadOnlyList<string> Compare(RecordedLine line, SandboxRequest request, byte[] answer)
    {
        JsonElement headers = line.Response.GetProperty("headers");
        var response = new SandboxResponse(line.Response.GetProperty("status").GetInt32(), headers.TryGetProperty("content-type", out JsonElement type) ? type.GetString() : null, answer)
        {
            Headers = [.. headers.EnumerateObject().SelectMany(header => header.Value.ValueKind == JsonValueKind.Array
                ? header.Value.EnumerateArray().Select(value => KeyValuePair.Create(header.Name, value.GetString()!))
                : [KeyValuePair.Create(header.Name, header.Value.GetString()!)])],
        };
        return new ResponseComparison(_ids, _values).Compare(line, request, response, answer, TimeSpan.Zero);
    }

    private static string WithoutOnePermission(RecordedLine line)
    {
        JsonNode account = JsonNode.Parse(RecordedBody.GetText(line.Response))!;
        account["permissions"]!.AsArray().RemoveAt(5);
        return account.ToJsonString();
    }
}
