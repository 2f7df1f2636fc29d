using System.Text.Json.Nodes;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

/// <summary>One thing that can become of a request of method calls (POST /jmap) on its way.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="Reach">Whether the server may have executed the request.</param>
/// <param name="Answer">
/// What the caller gets in place of the answer; throws where there is none. Told the calls, and the answers of the server where the request reached it. Null where it is
/// nothing that can become of this request.
/// </param>
internal sealed record JmapFault(string Name, FaultReach Reach, Func<JsonArray, JsonArray?, HttpResponseMessage?> Answer)
{
    // Of those of any request the ones that differ in what is to be made of them.
    private static readonly string[] s_ofAnyRequest =
    [
        "400 page", "401 page", "403 page", "404 page", "429 page", "429 of the server", "500 page", "500 of the server", "502 page", "503 page", "503 of the server", "504 page", "403 of the server", "400 error of the server",
        "302 elsewhere", "204", "200 empty", "200 page", "200 half", "200 other object", "200 array", "wrong bytes", "broken gzip", "cut body", "reset", "timeout", "refused",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JmapFault> All { get; } =
    [
        .. Fault.All.Where(fault => s_ofAnyRequest.Contains(fault.Name)).Select(fault => new JmapFault(
            fault.Name, fault.Reach, (_, answers) => fault.Answer(answers is null ? null : System.Text.Encoding.UTF8.GetBytes(answers.ToJsonString()))) { IsRepeated = fault.IsRepeated, IsOfAnyRequest = true }),
        new("400 too many at once", FaultReach.NotReached, (_, _) => TestResponses.Problem(400, "", "maxConcurrentRequests")) { IsRepeated = true },

        // The error of a method. What the server calls its own failure can come after a part of the work.
        .. new[] { "serverUnavailable", "serverFail", "serverPartialFail", "unheardOf" }.Select(type => new JmapFault(type, FaultReach.Either, (calls, _) => AnswerEach(calls, call => Fail(call, type))) { IsRepeated = true }),
        .. new[] { "forbidden", "accountNotFound", "unknownMethod", "invalidArguments", "requestTooLarge", "stateMismatch" }
            .Select(type => new JmapFault(type, FaultReach.NotReached, (calls, _) => AnswerEach(calls, call => Fail(call, type)))),

        // Answers that do not fit the calls.
        new("no answers", FaultReach.Either, (_, _) => Create([])),
        new("answers of another method", FaultReach.Either, (calls, answers) => AnswerEach(calls, call => CreateAnswer(call, "x:Other/get", answers is null ? [] : Find(answers, call)))),
        new("answers of other calls", FaultReach.Either, (calls, answers) => AnswerEach(calls, call => new JsonArray(GetMethod(call), answers is null ? [] : Find(answers, call), "other"))),
        new("two answers to a call", FaultReach.Either, (_, answers) => answers is null ? null : Create([.. answers.Concat(answers).Select(answer => answer!.DeepClone())])),

        // Sets and gets whose answers do not fit what was named.
        new("named by no list", FaultReach.Either, (calls, answers) => Rewrite(calls, answers, _ => [], (_, _) => new JsonObject { ["list"] = new JsonArray(), ["notFound"] = new JsonArray() })),
        new("others named", FaultReach.Either, (calls, answers) => Rewrite(calls, answers, _ => new JsonObject
        {
            ["created"] = new JsonObject { ["zz9"] = new JsonObject { ["id"] = "zz9" } },
            ["updated"] = new JsonObject { ["zz9"] = null },
            ["destroyed"] = new JsonArray("zz9"),
        }, (_, answer) => WithOtherIds(answer))),
        new("named by two lists", FaultReach.Either, (calls, answers) => Rewrite(calls, answers, call => NameObjects(call, isDone: true, "forbidden"), (ids, answer) =>
        {
            answer["notFound"] = ids.DeepClone();
            return answer;
        })),
        .. new[] { "forbidden", "notFound", "unheardOf" }.Select(type => new JmapFault($"{type} of each object", FaultReach.NotReached, (calls, answers) => Rewrite(calls, answers, call => NameObjects(call, isDone: false, type), null))),
    ];

    /// <summary>Whether some calls are sent again after it.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Whether it can become of a request that calls no method, too.</summary>
    public bool IsOfAnyRequest { get; init; }

    public override string ToString() => Name;

    private static string GetMethod(JsonNode call) => call[0]!.GetValue<string>();

    private static HttpResponseMessage AnswerEach(JsonArray calls, Func<JsonNode, JsonArray> answer) => Create([.. calls.Select(call => answer(call!))]);

    private static HttpResponseMessage Create(JsonArray answers) =>
        TestResponses.Json(System.Net.HttpStatusCode.OK, new JsonObject { ["methodResponses"] = answers, ["sessionState"] = "c0a5a206" }.ToJsonString());

    private static JsonArray CreateAnswer(JsonNode call, string method, JsonObject arguments) => new(method, arguments, call[2]!.GetValue<string>());

    private static JsonArray Fail(JsonNode call, string type) => CreateAnswer(call, "error", new JsonObject { ["type"] = type });

    private static JsonObject Find(JsonArray answers, JsonNode call) =>
        answers.First(answer => answer![2]!.GetValue<string>() == call[2]!.GetValue<string>())![1]!.DeepClone().AsObject();

    // Null where none of the calls names objects, or one has no answer that could be kept.
    private static HttpResponseMessage? Rewrite(JsonArray calls, JsonArray? answers, Func<JsonNode, JsonObject> set, Func<JsonArray, JsonObject, JsonObject>? get)
    {
        bool isRewritten = false;
        var rewritten = new JsonArray();
        foreach (JsonNode call in calls.OfType<JsonNode>())
        {
            string method = GetMethod(call);
            if (FaultyJmapTransport.IsWrite(call))
            {
                rewritten.Add(CreateAnswer(call, method, set(call)));
                isRewritten = true;
            }
            else if (answers is null)
            {
                return null;
            }
            else if (get is not null && method.EndsWith("/get", StringComparison.Ordinal) && call[1]!["ids"] is JsonArray { Count: > 0 } ids && Find(answers, call) is { } answer && answer.ContainsKey("list"))
            {
                rewritten.Add(CreateAnswer(call, method, get(ids, answer)));
                isRewritten = true;
            }
            else
            {
                rewritten.Add(answers.First(each => each![2]!.GetValue<string>() == call[2]!.GetValue<string>())!.DeepClone());
            }
        }
        return isRewritten ? Create(rewritten) : null;
    }

    private static JsonObject WithOtherIds(JsonObject answer)
    {
        foreach (JsonNode item in answer["list"]!.AsArray().OfType<JsonNode>())
        {
            item["id"] = "zz9";
        }
        return answer;
    }

    // The objects of a set as refused, and where asked for as done too.
    private static JsonObject NameObjects(JsonNode call, bool isDone, string type)
    {
        var answer = new JsonObject();
        foreach ((string sent, string done, string refused) in (ReadOnlySpan<(string, string, string)>)[("create", "created", "notCreated"), ("update", "updated", "notUpdated"), ("destroy", "destroyed", "notDestroyed")])
        {
            string[] keys = call[1]![sent] switch
            {
                JsonObject objects => [.. objects.Select(each => each.Key)],
                JsonArray ids => [.. ids.Select(id => id!.GetValue<string>())],
                _ => [],
            };
            if (keys.Length == 0)
            {
                continue;
            }
            answer[refused] = new JsonObject(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key, new JsonObject { ["type"] = type })));
            if (isDone)
            {
                answer[done] = sent == "destroy" ? new JsonArray([.. keys.Select(key => JsonValue.Create(key))])
                    : new JsonObject(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key, sent == "create" ? new JsonObject { ["id"] = "b" } : null)));
            }
        }
        return answer;
    }
}

/// <summary>A fault, and how it meets the requests of a command.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="IsExecuted">Whether the server executes the request before.</param>
/// <param name="IsAlways">Whether it meets every request; else the first one alone.</param>
internal sealed record JmapFaultCell(JmapFault Fault, bool IsExecuted, bool IsAlways)
{
    public static IReadOnlyList<JmapFaultCell> All { get; } =
    [
        .. from fault in JmapFault.All
           from isExecuted in fault.Reach == FaultReach.Either ? new[] { false, true } : [false]
           from isAlways in fault.IsRepeated ? new[] { false, true } : [false]
           select new JmapFaultCell(fault, isExecuted, isAlways),
    ];

    public override string ToString() => $"{Fault}, {(IsExecuted ? "executed" : "not executed")}, {(IsAlways ? "always" : "once")}";
}
