// A redirect leads nowhere with a credential but to the same server.
using System.Net;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class RedirectTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://evil.test/api/principal/jane")]
    [InlineData("https://mail.test:8443/api/principal/jane")]
    [InlineData("http://mail.test/api/principal/jane")]
    [InlineData("//evil.test/api")]
    public async Task To_another_origin_is_an_error_and_leaks_nothing(string location)
    {
        var server = new FakeServer(r => r.Uri.Host == "mail.test" ? TestResponses.Redirect(HttpStatusCode.Found, location) : TestResponses.Data("null"));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.GetAsync("jane", s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.Redirected);
        e.Location!.AbsoluteUri.ShouldContain("/api");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Within_the_server_is_followed_with_method_and_body()
    {
        var server = new FakeServer(r => r.Target.StartsWith("/api/", StringComparison.Ordinal) ? TestResponses.Redirect(HttpStatusCode.PermanentRedirect, "/v2" + r.Target) : TestResponses.Data("null"));
        using MailClient client = await server.ConnectAsync();
        await client.Raw.SendAsync(HttpMethod.Post, "thing", "body"u8.ToArray(), "text/plain", s_cancellationToken);
        server.Requests.Select(r => (r.RequestLine, r.Body, r.Authorization)).ShouldBe([("POST /api/thing", "body", "Bearer token-1"), ("POST /v2/api/thing", "body", "Bearer token-1")]);
    }

    [Fact]
    public async Task From_http_to_https_of_the_same_host_is_followed()
    {
        var server = new FakeServer { BaseUri = new Uri("http://localhost:8080") };
        server.Intercept = r => r.Uri.Scheme == "http" ? TestResponses.Redirect(HttpStatusCode.MovedPermanently, "https://localhost" + r.Target) : null;
        using MailClient client = await server.ConnectAsync();
        client.Server.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_circle_ends_and_nobody_is_sent_around_it_again()
    {
        var server = new FakeServer(r => TestResponses.Redirect(HttpStatusCode.TemporaryRedirect, r.Target));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.GetAsync("jane", s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.Redirected);
        e.Message.ShouldContain("redirects on and on");
        e.Message.ShouldNotContain("Connect to that address");
        server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_303_is_no_answer_to_a_write()
    {
        var server = new FakeServer(_ => TestResponses.Redirect(HttpStatusCode.SeeOther, "/elsewhere"));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Principals.DeleteAsync("jane", s_cancellationToken));
        // It may be what comes after the work: "see the result there".
        e.Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        e.Location.ShouldBe(new Uri("https://mail.test/elsewhere"));
        server.Requests.Count(request => request.Method == HttpMethod.Delete).ShouldBe(1);
    }
}
