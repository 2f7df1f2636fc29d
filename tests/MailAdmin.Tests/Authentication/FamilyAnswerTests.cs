// What the answers to the first question of a connection mean, and that no secret is sent where they do not tell the family.
using System.Net;
using System.Net.Http.Headers;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class FamilyAnswerTests
{
    private const string DocumentPath = "/.well-known/oauth-authorization-server";

    [Fact]
    public async Task A_server_that_is_not_set_up_or_in_recovery_is_known_by_addresses_without_a_host()
    {
        var server = new FakeJmapServer();
        server.Server.OnFamilyQuestion = _ => TestResponses.Json(HttpStatusCode.OK, """{"issuer":"","authorization_endpoint":"/login","token_endpoint":"/auth/token"}""");
        using MailClient client = await server.ConnectAsync();
        client.Family.ShouldBe(ServerFamily.Jmap);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", "text/html")]
    [InlineData("""{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.2","title":"Unauthorized","status":401,"traceId":"00"}""", "application/problem+json")]
    [InlineData("""{"message":"No API key found in request"}""", "application/json")]
    [InlineData("", null)]
    public async Task A_sign_in_of_a_proxy_is_none_of_the_mail_server(string body, string? type)
    {
        var server = new FakeServer { OnEverything = _ => TestResponses.Create(HttpStatusCode.Unauthorized, System.Text.Encoding.UTF8.GetBytes(body), type) };
        MailServerException e = await ShouldSendNoSecretAsync(server);
        (e.Code, e.Status).ShouldBe((MailErrorCode.UnexpectedResponse, HttpStatusCode.Unauthorized));
        e.Message.ShouldContain("https://mail.test/api/discover/x, status 401");
        e.Message.ShouldContain("No credential was sent");
    }

    [Fact]
    public async Task A_proxy_that_has_its_own_pages_for_errors_does_not_hide_an_older_server()
    {
        var server = new FakeServer
        {
            OnFamilyQuestion = _ => TestResponses.Html(HttpStatusCode.Unauthorized),
            Intercept = request => request.Target == DocumentPath ? TestResponses.Json(HttpStatusCode.OK, """{"authorization_endpoint":"http://mx.internal:8080/authorize/code"}""") : null,
        };
        using MailClient client = await server.ConnectAsync();
        client.Family.ShouldBe(ServerFamily.Rest);
        server.AllRequests.Select(request => (request.RequestLine, request.Authorization is not null)).ShouldBe(
            [("GET /api/discover/x", false), ($"GET {DocumentPath}", false), ("POST /api/oauth", true), ("POST /auth/token", false)]);
    }

    [Fact]
    public async Task A_page_of_a_newer_server_does_not_make_a_sign_in_of_a_proxy_that_of_an_older_one()
    {
        var server = new FakeServer
        {
            OnEverything = request => request.Target == DocumentPath
                ? TestResponses.Json(HttpStatusCode.OK, """{"authorization_endpoint":"https://mail.test/login"}""")
                : TestResponses.Html(HttpStatusCode.Unauthorized),
        };
        (await ShouldSendNoSecretAsync(server)).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_firewall_or_a_rule_of_the_server_is_named(bool isServersOwn)
    {
        var server = new FakeServer { OnEverything = _ => isServersOwn ? TestResponses.Problem(403, "Forbidden") : TestResponses.Html(HttpStatusCode.Forbidden) };
        MailServerException e = await ShouldSendNoSecretAsync(server);
        (e.Code, e.Status).ShouldBe((MailErrorCode.UnexpectedResponse, HttpStatusCode.Forbidden));
        e.Message.ShouldContain("status 403");
        e.Message.ShouldNotContain("permission");
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_followed()
    {
        var server = new FakeServer { OnEverything = _ => TestResponses.Redirect(HttpStatusCode.Found, "https://sso.example.net/start?rd=x") };
        MailServerException e = await ShouldSendNoSecretAsync(server);
        e.Code.ShouldBe(MailErrorCode.Redirected);
        e.Message.ShouldContain("https://sso.example.net/start");
        server.AllRequests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_redirect_within_the_server_is_followed()
    {
        var server = new FakeJmapServer();
        Func<RecordedRequest, HttpResponseMessage> answer = server.Server.OnFamilyQuestion;
        server.Server.OnFamilyQuestion = request => request.Target == "/v2/api/discover/x" ? answer(request) : TestResponses.Redirect(HttpStatusCode.TemporaryRedirect, "/v2/api/discover/x");
        using MailClient client = await server.ConnectAsync();
        client.Family.ShouldBe(ServerFamily.Jmap);
    }

    [Fact]
    public async Task A_pause_that_the_server_asks_for_is_kept_and_the_question_repeated()
    {
        int asked = 0;
        var server = new FakeJmapServer();
        Func<RecordedRequest, HttpResponseMessage> answer = server.Server.OnFamilyQuestion;
        server.Server.OnFamilyQuestion = request =>
        {
            if (++asked > 1)
            {
                return answer(request);
            }
            HttpResponseMessage refusal = TestResponses.Problem(429, "Too Many Requests");
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromMilliseconds(0));
            return refusal;
        };
        using MailClient client = await server.ConnectAsync();
        asked.ShouldBe(2);
        server.Server.Waits.ShouldHaveSingleItem().Kind.ShouldBe(WaitKind.Retry);
    }

    [Theory]
    [InlineData(429, MailErrorCode.RateLimited)]
    [InlineData(500, MailErrorCode.ServerError)]
    [InlineData(502, MailErrorCode.ServerError)]
    [InlineData(503, MailErrorCode.ServerError)]
    [InlineData(504, MailErrorCode.TimedOut)]
    public async Task A_server_that_has_no_answer_now_is_told_as_such(int status, MailErrorCode code)
    {
        foreach (HttpResponseMessage form in (HttpResponseMessage[])[TestResponses.Problem(status, "…"), TestResponses.Html((HttpStatusCode)status)])
        {
            byte[] body = await form.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            var server = new FakeServer { OnEverything = _ => TestResponses.Create(form.StatusCode, body, form.Content.Headers.ContentType?.ToString()) };
            MailServerException e = await ShouldSendNoSecretAsync(server);
            ((int?)e.Status, e.Code).ShouldBe((status, code));
            server.AllRequests.ShouldAllBe(request => request.RequestLine == "GET /api/discover/x");
        }
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_not_waited_for_again()
    {
        var server = new FakeServer { OnEverything = _ => TestResponses.ConnectionLost() };
        (await ShouldSendNoSecretAsync(server)).Code.ShouldBe(MailErrorCode.Unreachable);
        server.AllRequests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(200, "<html>Welcome</html>", "text/html", "A web page came")]
    [InlineData(200, """{"message":"hello"}""", "application/json", "is JSON, but not")]
    [InlineData(200, """{"token_endpoint":""", "application/json", "ends too early")]
    [InlineData(200, "", null, "is empty")]
    [InlineData(204, "", null, "status 204")]
    [InlineData(404, """{"message":"nothing here"}""", "application/json", "status 404")]
    [InlineData(405, "Method Not Allowed", "text/plain", "status 405")]
    public async Task Another_server_is_told_with_what_was_seen(int status, string body, string? type, string seen)
    {
        var server = new FakeServer { OnEverything = _ => TestResponses.Create((HttpStatusCode)status, System.Text.Encoding.UTF8.GetBytes(body), type) };
        MailServerException e = await ShouldSendNoSecretAsync(server);
        (e.Code, (int?)e.Status).ShouldBe((MailErrorCode.NotStalwart, status));
        e.Message.ShouldContain(seen);
        e.Message.ShouldContain("GET /discover/");
    }

    private static async Task<MailServerException> ShouldSendNoSecretAsync(FakeServer server)
    {
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "a secret")));
        server.AllRequests.ShouldAllBe(request => request.Authorization == null && request.Body.Length == 0);
        return e;
    }
}
