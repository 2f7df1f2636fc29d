using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MailAdmin.Tests.Hosting;

/// <summary>Answers as servers and proxies send them.</summary>
internal static class TestResponses
{
    public static HttpResponseMessage Data(string json) => Json(HttpStatusCode.OK, $$"""{"data":{{json}}}""");

    public static HttpResponseMessage Json(HttpStatusCode status, string json, string type = "application/json; charset=utf-8") => Create(status, Encoding.UTF8.GetBytes(json), type);

    public static HttpResponseMessage Problem(int status, string title, string? limit = null) => Json(
        (HttpStatusCode)status,
        limit is null
            ? $$"""{"type":"about:blank","status":{{status}},"title":"{{title}}","detail":"…"}"""
            : $$"""{"type":"urn:ietf:params:jmap:error:limit","status":{{status}},"detail":"…","limit":"{{limit}}"}""",
        "application/problem+json");

    public static HttpResponseMessage Html(HttpStatusCode status = HttpStatusCode.OK) =>
        Create(status, "<!DOCTYPE html><html><body>Bad gateway</body></html>"u8.ToArray(), "text/html");

    public static HttpResponseMessage Create(HttpStatusCode status, byte[] body, string? type)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return response;
    }

    public static HttpResponseMessage Redirect(HttpStatusCode status, string location) =>
        new(status) { Headers = { Location = new Uri(location, UriKind.RelativeOrAbsolute) }, Content = new ByteArrayContent([]) };

    /// <summary>The connection ends after the request was sent.</summary>
    public static HttpResponseMessage ConnectionLost() =>
        throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.", new HttpIOException(HttpRequestError.ResponseEnded));

    /// <summary>Nothing listens.</summary>
    public static HttpResponseMessage ConnectionRefused() => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
}
