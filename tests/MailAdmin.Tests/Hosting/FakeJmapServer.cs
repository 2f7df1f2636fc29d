using System.Net;
using System.Text.Json;
using MailAdmin.Client;

namespace MailAdmin.Tests.Hosting;

/// <summary>A server from 0.16 on, of a few lines: signs anyone in, and answers each method call as the test says.</summary>
internal sealed class FakeJmapServer
{
    public const string SchemaHash = "qrkHgLr93kiURU26l8rguSd0PEsyxYI-FWo9nC3v_0Y";

    private readonly Func<JmapRequestBody, HttpResponseMessage> _answer;

    /// <param name="answer">Answers POST /jmap; by default nothing is called.</param>
    public FakeJmapServer(Func<JmapRequestBody, HttpResponseMessage>? answer = null)
    {
        _answer = answer ?? (_ => throw new InvalidOperationException("No method call was expected."));
        Server.OnFamilyQuestion = _ => TestResponses.Json(
            HttpStatusCode.OK, """{"issuer":"https://mx.example.org","authorization_endpoint":"https://mx.example.org/login","token_endpoint":"https://mx.example.org/auth/token"}""");
        Server.Intercept = Respond;
    }

    public FakeServer Server { get; } = new() { TokenLifetime = 3600 };

    /// <summary>Answers first, if it wants to.</summary>
    public Func<RecordedRequest, HttpResponseMessage?>? Intercept { get; set; }

    public string Permissions { get; set; } = "authenticate,sysAccountGet,unlimitedRequests";

    public string Edition { get; set; } = "community";

    public string? Schema { get; set; } = SchemaHash;

    public string PrimaryAccounts { get; set; } = """{"urn:stalwart:jmap":"d"}""";

    public int MaxCalls { get; set; } = 16;

    public int MaxObjectsInGet { get; set; } = 500;

    public int MaxObjectsInSet { get; set; } = 500;

    public long MaxRequestBytes { get; set; } = 10_000_000;

    public int MaxConcurrentRequests { get; set; } = 4;

    /// <summary>How many ids a query finds at most; null where the account may not read that.</summary>
    public int? QueryMaxResults { get; set; } = 5000;

    /// <summary>The request bodies of POST /jmap, in order, but for the one that asks for the limit of queries.</summary>
    public IReadOnlyList<JmapRequestBody> Requests =>
        [.. Server.AllRequests.Where(request => request.Uri.AbsolutePath == "/jmap").Select(request => JmapRequestBody.Parse(request.Body)).Where(request => !AsksForQueryLimit(request))];

    public Task<MailClient> ConnectAsync(MailCredential? credential = null, Func<MailClientOptions, MailClientOptions>? change = null) =>
        Server.ConnectAsync(credential ?? MailCredential.FromPassword("admin", "admin-secret"), change);

    /// <summary>A response with these answers: method, arguments, call id.</summary>
    public static HttpResponseMessage Answer(params IEnumerable<(string Method, string Arguments, string Id)> answers) => TestResponses.Json(
        HttpStatusCode.OK,
        $$"""{"methodResponses":[{{string.Join(',', answers.Select(answer => $"""["{answer.Method}",{answer.Arguments},"{answer.Id}"]"""))}}],"sessionState":"c0a5a206"}""");

    private HttpResponseMessage? Respond(RecordedRequest request) => Intercept?.Invoke(request) ?? request.Uri.AbsolutePath switch
    {
        "/api/oauth" or "/api/principal" => TestResponses.Problem(404, "Not Found"),
        "/api/auth" => TestResponses.Json(HttpStatusCode.OK, """{"type":"authenticated","client_code":"the-code","iss":"https://mx.example.org"}"""),
        "/api/account" => TestResponses.Json(HttpStatusCode.OK, $$"""{"permissions":{{JsonSerializer.Serialize(Permissions.Split(','))}},"edition":"{{Edition}}","locale":"en_US"}"""),
        "/api/schema" => Schema is null ? TestResponses.Problem(404, "Not Found") : TestResponses.Redirect(HttpStatusCode.Redirect, $"/api/schema/{Schema}"),
        "/jmap/session" => TestResponses.Json(HttpStatusCode.OK, CreateSession()),
        "/jmap" => JmapRequestBody.Parse(request.Body) is var body && AsksForQueryLimit(body) ? AnswerQueryLimit(body) : _answer(body),
        _ => null,
    };

    private static bool AsksForQueryLimit(JmapRequestBody request) => request.Calls is [("x:Jmap/get", _, _)];

    private HttpResponseMessage AnswerQueryLimit(JmapRequestBody request) => Answer([QueryMaxResults is { } limit
        ? ("x:Jmap/get", $$"""{"list":[{"queryMaxResults":{{limit}},"id":"singleton"}],"notFound":[]}""", request.Calls[0].Id)
        : ("error", """{"type":"forbidden"}""", request.Calls[0].Id)]);

    private string CreateSession() => $$$"""
        {"capabilities":{"urn:ietf:params:jmap:core":{"maxSizeUpload":50000000,"maxConcurrentUpload":4,"maxSizeRequest":{{{MaxRequestBytes}}},
        "maxConcurrentRequests":{{{MaxConcurrentRequests}}},"maxCallsInRequest":{{{MaxCalls}}},"maxObjectsInGet":{{{MaxObjectsInGet}}},"maxObjectsInSet":{{{MaxObjectsInSet}}}}},
        "accounts":{},"primaryAccounts":{{{PrimaryAccounts}}},"username":"jane@example.org","apiUrl":"https://mx.elsewhere.test/jmap/","state":"s"}
        """;
}
