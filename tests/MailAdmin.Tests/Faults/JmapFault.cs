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

    // What becomes of a request is made into an error in one place: of what differs only there, one is enough for most cmdlets.
    private static readonly string[] s_alikeElsewhere =
    [
        "400 page", "403 page", "429 of the server", "500 page", "502 page", "503 of the server", "504 page", "400 error of the server", "204", "200 empty", "200 half", "200 other object", "200 array", "wrong bytes",
        "broken gzip", "cut body", "302 elsewhere", "400 too many at once", "400 not a request", "400 too large", "429 with a pause", "503 with a pause", "200 and more", "page that quotes",
        "serverUnavailable", "serverPartialFail", "accountNotFound", "invalidArguments", "requestTooLarge", "answers of another method", "answers of other calls", "two answers to a call", "notFound of each object",
    ];

    private static readonly string[] s_thatLast = ["503 page", "reset", "timeout", "refused", "200 page", "serverFail", "forbidden", "named by no list"];
    private static readonly string[] s_thatLastForAll = ["reset", "200 page", "forbidden"];

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(7);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JmapFault> All { get; } =
    [
        .. Fault.All.Where(fault => s_ofAnyRequest.Contains(fault.Name)).Select(fault => new JmapFault(
            fault.Name, fault.Reach, (_, answers) => fault.Answer(answers is null ? null : System.Text.Encoding.UTF8.GetBytes(answers.ToJsonString()))) { IsRepeated = fault.IsRepeated, IsOfAnyRequest = true }),
        new("400 too many at once", FaultReach.NotReached, (_, _) => TestResponses.Problem(400, "", "maxConcurrentRequests")) { IsRepeated = true },
        new("400 too large", FaultReach.NotReached, (_, _) => TestResponses.Problem(400, "", "maxSizeRequest")),
        new("400 not a request", FaultReach.NotReached, (_, _) => TestResponses.Json(System.Net.HttpStatusCode.BadRequest, """{"type":"urn:ietf:params:jmap:error:notRequest","status":400,"detail":"…"}""", "application/problem+json")),
        new("429 with a pause", FaultReach.NotReached, (_, _) => AskForPause(TestResponses.Html(System.Net.HttpStatusCode.TooManyRequests), s_pause)),
        new("503 with a pause", FaultReach.Either, (_, _) => AskForPause(TestResponses.Html(System.Net.HttpStatusCode.ServiceUnavailable), s_pause)),
        new("200 and more", FaultReach.Either, (_, answers) => TestResponses.Create(System.Net.HttpStatusCode.OK, [.. System.Text.Encoding.UTF8.GetBytes(Serialize(answers ?? [])), .. "<!--"u8], "application/json")),
        new("answer as a page", FaultReach.Either, (_, answers) => TestResponses.Create(System.Net.HttpStatusCode.OK, System.Text.Encoding.UTF8.GetBytes(Serialize(answers ?? [])), "text/html")),

        // What quotes what it was sent.
        new("page that quotes", FaultReach.Either, (calls, _) => Quote(calls) is { } quoted ? TestResponses.Create(System.Net.HttpStatusCode.BadGateway, System.Text.Encoding.UTF8.GetBytes($"<html>{quoted}</html>"), "text/html") : null),
        new("400 that quotes", FaultReach.NotReached, (calls, _) => Quote(calls) is { } quoted
            ? TestResponses.Json(System.Net.HttpStatusCode.BadRequest, new JsonObject { ["type"] = "about:blank", ["status"] = 400, ["title"] = quoted, ["detail"] = quoted }.ToJsonString(), "application/problem+json") : null),
        new("invalidArguments that quote", FaultReach.NotReached, (calls, _) => Quote(calls) is { } quoted ? AnswerEach(calls, call => Fail(call, "invalidArguments", quoted)) : null),
        new("validationFailed that quotes", FaultReach.NotReached, (calls, answers) => Quote(calls) is { } quoted ? Rewrite(calls, answers, call => NameObjects(call, isDone: false, "validationFailed", quoted), null) : null),

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

    /// <summary>Whether it differs from others only in the place that makes errors of all requests.</summary>
    public bool IsAlikeElsewhere => s_alikeElsewhere.Contains(Name);

    /// <summary>Whether it stands for those that go on once they have begun.</summary>
    public bool CanLast => s_thatLast.Contains(Name);

    /// <summary>Whether it stands for those for commands that are no different from others.</summary>
    public bool LastsForAll => s_thatLastForAll.Contains(Name);

    public override string ToString() => Name;

    private static string GetMethod(JsonNode call) => call[0]!.GetValue<string>();

    private static HttpResponseMessage AnswerEach(JsonArray calls, Func<JsonNode, JsonArray> answer) => Create([.. calls.Select(call => answer(call!))]);

    private static HttpResponseMessage Create(JsonArray answers) => TestResponses.Json(System.Net.HttpStatusCode.OK, Serialize(answers));

    private static string Serialize(JsonArray answers) => new JsonObject { ["methodResponses"] = answers.DeepClone(), ["sessionState"] = "c0a5a206" }.ToJsonString();

    private static HttpResponseMessage AskForPause(HttpResponseMessage response, TimeSpan pause)
    {
        response.Headers.RetryAfter = new(pause);
        return response;
    }

    // The secrets that were sent; null where there are none.
    private static string? Quote(JsonArray calls) => FaultyJmapTransport.FindSecrets(calls).ToArray() is { Length: > 0 } secrets ? $"'{string.Join("', '", secrets)}' is not good enough" : null;

    private static JsonArray CreateAnswer(JsonNode call, string method, JsonObject arguments) => new(method, arguments, call[2]!.GetValue<string>());

    private static JsonArray Fail(JsonNode call, string type, string? description = null) => CreateAnswer(call, "error", CreateError(type, description));

    private static JsonObject CreateError(string type, string? description) => description is null ? new JsonObject { ["type"] = type } : new JsonObject { ["type"] = type, ["description"] = description };

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
    private static JsonObject NameObjects(JsonNode call, bool isDone, string type, string? description = null)
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
            answer[refused] = new JsonObject(keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key, CreateError(type, description))));
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
/// <param name="Meeting">Which requests meet it.</param>
internal sealed record JmapFaultCell(JmapFault Fault, bool IsExecuted, JmapFaultMeeting Meeting)
{
    /// <summary>Those of commands that change the server.</summary>
    public static IReadOnlyList<JmapFaultCell> OfWrites { get; } =
    [
        .. from fault in JmapFault.All
           from isExecuted in fault.Reach == FaultReach.Either ? new[] { false, true } : [false]
           from meeting in (JmapFaultMeeting[])[JmapFaultMeeting.Once, .. Take(fault.IsRepeated, JmapFaultMeeting.Always), .. Take(fault.CanLast, JmapFaultMeeting.FromThenOn)]
           select new JmapFaultCell(fault, isExecuted, meeting),
        .. JmapFault.All.Where(fault => fault.CanLast).Select(fault => new JmapFaultCell(fault, false, JmapFaultMeeting.Behind)),
    ];

    /// <summary>Those of commands that only read: what the server did does not show.</summary>
    public static IReadOnlyList<JmapFaultCell> OfReads { get; } =
    [
        .. from fault in JmapFault.All
           from meeting in (JmapFaultMeeting[])[JmapFaultMeeting.Once, .. Take(fault.IsRepeated, JmapFaultMeeting.Always)]
           select new JmapFaultCell(fault, fault.Reach == FaultReach.Either, meeting),
    ];

    /// <summary>Whether one of the others stands for it, for commands that are no different from others.</summary>
    public bool IsAlikeElsewhere => Fault.IsAlikeElsewhere || (Meeting != JmapFaultMeeting.Once && !Fault.LastsForAll);

    public override string ToString() => $"{Fault}, {(IsExecuted ? "executed" : "not executed")}, {Meeting}";

    private static JmapFaultMeeting[] Take(bool isTaken, JmapFaultMeeting meeting) => isTaken ? [meeting] : [];
}

/// <summary>Which requests of a command meet a fault. Those of a command that changes the server count from the first that changes something on.</summary>
internal enum JmapFaultMeeting
{
    /// <summary>The first one.</summary>
    Once,

    /// <summary>Each; of a command that changes the server each that changes something, so that it can look what became of it.</summary>
    Always,

    /// <summary>The first one, and each after it, whatever it is for: nobody can look either.</summary>
    FromThenOn,

    /// <summary>Each after the first one, which itself comes through.</summary>
    Behind,
}
