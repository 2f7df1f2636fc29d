using System.Net;
using System.Text;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Faults;

/// <summary>One thing that can become of a call on its way.</summary>
/// <param name="Name">What it is, for the table.</param>
/// <param name="Reach">Whether the server may have executed the call.</param>
/// <param name="Answer">What the caller gets in place of the answer; throws where there is none. Told the answer of the server, where the call reached it.</param>
internal sealed record Fault(string Name, FaultReach Reach, Func<byte[]?, HttpResponseMessage> Answer)
{
    private static readonly string[] s_repeated = ["429 page", "429 of the server", "broken gzip", "cut body", "reset", "timeout", "refused"];

    private const string DataOfAnotherShape = """{"data":{"kind":"status","message":"ok"}}""";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        .. new[] { 400, 403, 404, 408, 409, 415, 500, 502, 503, 504, 520, 524 }.Select(status => new Fault($"{status} page", FaultReach.Either, _ => TestResponses.Html((HttpStatusCode)status))),
        // What these say of themselves is that nothing was done.
        .. new[] { 401, 413, 421, 425 }.Select(status => new Fault($"{status} page", FaultReach.NotReached, _ => TestResponses.Html((HttpStatusCode)status))),
        new("429 page", FaultReach.NotReached, _ => TestResponses.Html(HttpStatusCode.TooManyRequests)),

        // The server's own refusals, and its own failure.
        .. new[] { (400, "Invalid parameters"), (403, "Forbidden"), (404, "Not Found"), (429, "Too Many Requests"), (503, "Service Unavailable") }
            .Select(own => new Fault($"{own.Item1} of the server", FaultReach.NotReached, _ => TestResponses.Problem(own.Item1, own.Item2))),
        // An error of the API is the server's answer, whatever its word, and with whatever status of the caller's fault.
        .. new[] { 200, 400, 403, 409, 422 }.Select(status => new Fault(
            $"{status} new error of the server", FaultReach.NotReached, _ => TestResponses.Json((HttpStatusCode)status, """{"error":"fieldInvalid","field":"name","details":"too long","reason":null}"""))),
        new("400 error of the server", FaultReach.NotReached, _ => TestResponses.Json(HttpStatusCode.BadRequest, """{"error":"notFound","item":"jane"}""")),
        new("500 of the server", FaultReach.Either, _ => TestResponses.Problem(500, "Internal Server Error")),

        // JSON of somebody else.
        .. new[] { 500, 502, 503 }.Select(status => new Fault(
            $"{status} other JSON", FaultReach.Either, _ => TestResponses.Json((HttpStatusCode)status, $$"""{"error":"upstream failure","status":{{status}},"path":"/api"}"""))),
        new("503 foreign problem", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.ServiceUnavailable, """{"type":"https://gateway.example/reset","status":503,"title":"Reset","detail":"…"}""", "application/problem+json")),

        new("302 elsewhere", FaultReach.Either, _ => TestResponses.Redirect(HttpStatusCode.Found, "https://login.example/")),
        new("303 elsewhere", FaultReach.Either, _ => TestResponses.Redirect(HttpStatusCode.SeeOther, "https://login.example/")),
        new("307 elsewhere", FaultReach.NotReached, _ => TestResponses.Redirect(HttpStatusCode.TemporaryRedirect, "https://login.example/")),

        new("201 empty", FaultReach.Either, _ => TestResponses.Create(HttpStatusCode.Created, [], null)),
        new("202 JSON", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.Accepted, """{"job":1}""")),
        new("204", FaultReach.Either, _ => TestResponses.Create(HttpStatusCode.NoContent, [], null)),
        new("200 empty", FaultReach.Either, _ => TestResponses.Create(HttpStatusCode.OK, [], "application/json")),
        new("200 page", FaultReach.Either, _ => TestResponses.Html()),
        new("200 text", FaultReach.Either, _ => TestResponses.Create(HttpStatusCode.OK, "OK"u8.ToArray(), "text/plain")),
        new("200 half", FaultReach.Either, answer => TestResponses.Create(HttpStatusCode.OK, answer is { Length: > 1 } ? answer[..(answer.Length / 2)] : """{"da"""u8.ToArray(), "application/json")),
        new("200 other object", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.OK, """{"ok":true}""")),
        new("200 array", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.OK, "[]")),
        new("200 other data", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.OK, DataOfAnotherShape)) { HoldsData = true },
        .. new[] { 404, 408, 502 }.Select(status => new Fault($"{status} error", FaultReach.Either, _ => TestResponses.Json((HttpStatusCode)status, """{"error":"timeout"}"""))),
        new("400 other error", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.BadRequest, """{"error":"upstream gone","request":"17"}""")),
        new("200 other error", FaultReach.Either, _ => TestResponses.Json(HttpStatusCode.OK, """{"error":"upstream","message":"reset"}""")),
        new("wrong bytes", FaultReach.Either, _ => TestResponses.Create(HttpStatusCode.OK, [.. "{\"data\":\""u8, 0xFF, 0xC0, .. "\"}"u8], "application/json")) { HoldsData = true },
        new("UTF-16", FaultReach.Either, _ => TestResponses.Create(HttpStatusCode.OK, Encoding.Unicode.GetBytes("""{"data":null}"""), "application/json")),
        new("broken gzip", FaultReach.Either, _ => Broken(new InvalidDataException("The archive entry was compressed using an unsupported compression method."))),
        new("cut body", FaultReach.Either, _ => Broken(new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."))),
        new("reset", FaultReach.Either, _ => TestResponses.ConnectionLost()),
        new("timeout", FaultReach.Either, _ => throw new HttpRequestException(HttpRequestError.Unknown, "No answer in time.", new TimeoutException())),
        new("refused", FaultReach.NotReached, _ => TestResponses.ConnectionRefused()),
    ];

    /// <summary>Whether some calls are sent again after it.</summary>
    public bool IsRepeated => Name.StartsWith('5') || s_repeated.Contains(Name);

    /// <summary>Whether it is an answer of the API to somebody who takes any value.</summary>
    public bool HoldsData { get; init; }

    public override string ToString() => Name;

    private static HttpResponseMessage Broken(Exception exception)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream(exception)) };
        response.Content.Headers.ContentType = new("application/json");
        return response;
    }
}

/// <summary>Whether a fault can follow an execution.</summary>
internal enum FaultReach
{
    /// <summary>It comes before the server, and says so.</summary>
    NotReached,

    /// <summary>It comes before the server or after it: nobody can tell from here.</summary>
    Either,
}
