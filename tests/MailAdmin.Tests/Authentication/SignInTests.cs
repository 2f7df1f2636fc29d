// Each way to sign in, and that no secret goes further or oftener than it must.
using System.Net;
using System.Text;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class SignInTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_is_sent_once_and_exchanged_for_tokens()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync(MailCredential.FromPassword(" Jane ", "päss:word"));
        await client.Raw.SendAsync(HttpMethod.Get, "queue/status", null, null, s_cancellationToken);

        client.UserName.ShouldBe("Jane");
        RecordedRequest[] all = [.. server.AllRequests];
        all.Select(r => r.RequestLine).ShouldBe(["GET /api/discover/x", "POST /api/oauth", "POST /auth/token", "GET /api/queue/status"]);
        all[0].Authorization.ShouldBeNull();
        all[1].Authorization.ShouldBe("Basic " + Convert.ToBase64String("Jane:päss:word"u8));
        all[1].Body.ShouldContain("\"client_id\":\"mailadmin\"");
        all[1].Body.ShouldContain("\"redirect_uri\":\"stalwart://auth\"");
        all[2].Authorization.ShouldBeNull();
        all[2].Body.ShouldBe("grant_type=authorization_code&code=the-code&client_id=mailadmin&redirect_uri=stalwart%3A%2F%2Fauth");
        all[3].Authorization.ShouldBe("Bearer token-1");
    }

    [Theory]
    [InlineData(401, "Unauthorized", MailErrorCode.Unauthorized)]
    [InlineData(402, "TOTP code required", MailErrorCode.TotpRequired)]
    [InlineData(403, "Forbidden", MailErrorCode.Forbidden)]
    [InlineData(429, "Too Many Authentication Attempts", MailErrorCode.Banned)]
    [InlineData(500, "Internal Server Error", MailErrorCode.ServerError)]
    [InlineData(503, "Service Unavailable", MailErrorCode.ServerError)]
    [InlineData(502, "Bad Gateway", MailErrorCode.ServerError)]
    [InlineData(504, "Gateway Timeout", MailErrorCode.TimedOut)]
    public async Task A_refused_password_is_sent_exactly_once(int status, string title, MailErrorCode code)
    {
        var server = new FakeServer { Intercept = _ => TestResponses.Problem(status, title) };
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "not the password")));
        e.Code.ShouldBe(code);
        server.AllRequests.Count(r => r.Authorization is not null).ShouldBe(1);
        e.ToString().ShouldNotContain("not the password");
        e.ToString().ShouldNotContain(Convert.ToBase64String("jane:not the password"u8));
    }

    [Fact]
    public async Task A_login_like_an_address_is_told_that_logins_are_names()
    {
        var server = new FakeServer { Intercept = _ => TestResponses.Problem(401, "Unauthorized") };
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane@example.org", "x")));
        e.Code.ShouldBe(MailErrorCode.Unauthorized);
        e.Message.ShouldContain("sign in with the name of the account");
    }

    [Fact]
    public async Task A_TOTP_code_is_asked_for_once_and_appended()
    {
        int asked = 0;
        var server = new FakeServer { Intercept = r => Secret(r) == "jane:secret" ? TestResponses.Problem(402, "TOTP code required") : null };
        using MailClient client = await server.ConnectAsync(MailCredential.FromPassword("jane", "secret", _ =>
        {
            asked++;
            return ValueTask.FromResult<string?>(" 123456 ");
        }));
        asked.ShouldBe(1);
        server.AllRequests.Where(r => r.Target == "/api/oauth").Select(Secret).ShouldBe(["jane:secret", "jane:secret$123456"]);
    }

    [Fact]
    public async Task Without_a_TOTP_code_the_demand_is_the_error()
    {
        var server = new FakeServer { Intercept = _ => TestResponses.Problem(402, "TOTP code required") };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "s", _ => ValueTask.FromResult<string?>(null))))).Code.ShouldBe(MailErrorCode.TotpRequired);
        server.AllRequests.Count(r => r.Authorization is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_TOTP_code_is_not_tried_again()
    {
        var server = new FakeServer { Intercept = r => Secret(r) == "jane:s" ? TestResponses.Problem(402, "TOTP code required") : TestResponses.Problem(401, "Unauthorized") };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "s", _ => ValueTask.FromResult<string?>("000000"))))).Code.ShouldBe(MailErrorCode.Unauthorized);
        server.AllRequests.Count(r => r.Authorization is not null).ShouldBe(2);
    }

    [Fact]
    public async Task An_API_key_is_the_token_itself()
    {
        string key = "api_" + Convert.ToBase64String("automation:secret"u8);
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync(MailCredential.FromApiKey(key));
        client.UserName.ShouldBe("automation");
        client.Server.ShouldNotBeNull();
        client.TokenExpires.ShouldBeNull();
        server.AllRequests.Select(r => (r.RequestLine, r.Authorization)).ShouldBe([("GET /api/discover/x", null), ("POST /api/oauth", "Bearer " + key)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_may_not_ask_is_held_to_the_strict_limits(bool unsupported)
    {
        var server = new FakeServer
        {
            Intercept = r => r.Target == "/api/oauth" ? (unsupported ? TestResponses.Json(HttpStatusCode.OK, """{"error":"unsupported","details":"…"}""") : TestResponses.Problem(403, "Forbidden")) : null,
        };
        using MailClient client = await server.ConnectAsync(MailCredential.FromApiKey("api_eDp5"));
        client.Server.ShouldBeNull();
        client.IsPaced.ShouldBeTrue();
        client.ConcurrencyLimit.ShouldBe(4);
        await client.Raw.SendAsync(HttpMethod.Get, "queue/status", null, null, s_cancellationToken);
    }

    [Fact]
    public async Task A_wrong_key_or_an_ended_token_is_unauthorized()
    {
        var server = new FakeServer { Intercept = _ => TestResponses.Problem(401, "Unauthorized") };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromApiKey("api_eDp5")))).Code.ShouldBe(MailErrorCode.Unauthorized);
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromToken("old")))).Code.ShouldBe(MailErrorCode.Unauthorized);
        server.AllRequests.Count(r => r.Authorization is not null).ShouldBe(2);
    }

    [Fact]
    public async Task A_password_that_got_no_answer_is_not_sent_again()
    {
        var server = new FakeServer { Intercept = _ => TestResponses.ConnectionLost() };
        await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        server.AllRequests.Count(r => r.Authorization is not null).ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_password_is_not_sent()
    {
        var server = new FakeServer();
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "")));
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        e.Message.ShouldContain("'jane'");
        server.AllRequests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://mail.test/login", "https://mail.test", false)]
    [InlineData("https://mail.test/admin/", "https://mail.test", false)]
    [InlineData("https://mail.test/manage/directory/accounts", "https://mail.test", false)]
    [InlineData("https://mail.test/mail/login", "https://mail.test/mail", false)]
    [InlineData("https://mail.test/login", "https://mail.test", true)]
    [InlineData("https://mail.test/api", "https://mail.test", true)]
    [InlineData("https://mail.test/mail/admin/", "https://mail.test/mail", true)]
    public async Task An_address_copied_from_the_browser_is_told_with_the_right_one_and_nothing_secret_is_sent(string address, string right, bool isNewer)
    {
        string root = new Uri(right).AbsolutePath.TrimEnd('/');
        var server = new FakeServer { BaseUri = new Uri(address), OnEverything = _ => TestResponses.Html() };
        Func<RecordedRequest, HttpResponseMessage> ofServer = isNewer ? new FakeJmapServer().Server.OnFamilyQuestion : new FakeServer().OnFamilyQuestion;
        server.OnFamilyQuestion = r => r.Target == root + "/api/discover/x" ? ofServer(r) : isNewer ? TestResponses.Problem(404, "Not Found") : TestResponses.Html();
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        e.Code.ShouldBe(MailErrorCode.NotStalwart);
        e.Message.ShouldEndWith($"Connect-MailServer {right}");
        e.Message.ShouldNotContain("0.16");
        server.AllRequests.ShouldAllBe(r => r.Authorization == null && r.Body.Length == 0);
    }

    [Fact]
    public async Task The_address_of_the_API_itself_is_told_with_the_right_one()
    {
        // Up to 0.15 whatever is below /api wants a sign-in first, what is not there too.
        var server = new FakeServer { BaseUri = new Uri("https://mail.test/api") };
        server.Intercept = r => TestResponses.Problem(404, "Not Found");
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        e.Code.ShouldBe(MailErrorCode.NotStalwart);
        e.Message.ShouldEndWith("Connect-MailServer https://mail.test");
        server.AllRequests.Count(r => r.Authorization is not null).ShouldBe(1);
    }

    [Theory]
    [InlineData("no-prefix")]
    [InlineData("api_with\nbreak")]
    public async Task What_is_no_key_is_not_sent(string key)
    {
        var server = new FakeServer();
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromApiKey(key)))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.AllRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_ended_token_with_a_refresh_token_is_renewed_at_connect()
    {
        var server = new FakeServer();
        server.Intercept = r => r.Authorization == "Bearer old" ? TestResponses.Problem(401, "Unauthorized") : null;
        using MailClient client = await server.ConnectAsync(MailCredential.FromToken("old", "refresh-0"));
        client.Server.ShouldNotBeNull();
        server.AllRequests.Select(r => ($"{r.Method} {r.Uri.AbsolutePath}", r.Authorization)).ShouldBe(
            [("GET /api/discover/x", null), ("POST /api/oauth", "Bearer old"), ("POST /auth/token", null), ("POST /api/oauth", "Bearer token-1")]);
    }

    [Fact]
    public async Task The_device_flow_shows_a_page_of_the_users_own_address_and_asks_at_the_servers_pace()
    {
        var time = new ManualTime();
        int polls = 0;
        DeviceAuthorization? shown = null;
        var server = new FakeServer { BaseUri = new Uri("https://proxy.test/mail"), Time = time };
        server.Intercept = r => r.Target switch
        {
            "/mail/auth/device" => TestResponses.Json(HttpStatusCode.OK, """
                {"device_code":"device-secret","user_code":"ABCD-EFGH","verification_uri":"http://mx.internal:8080/authorize","verification_uri_complete":"http://mx.internal:8080/authorize/?code=ABCD-EFGH","expires_in":1800,"interval":7}
                """),
            "/mail/auth/token" => ++polls < 3
                ? TestResponses.Json(HttpStatusCode.BadRequest, """{"error":"authorization_pending"}""")
                : TestResponses.Json(HttpStatusCode.OK, $$"""{"access_token":"t","token_type":"bearer","expires_in":3600,"refresh_token":"r","id_token":"{{IdToken("jane")}}"}"""),
            _ => TestResponses.Data("""{"code":"c","permissions":["authenticate"],"version":"0.11.8","isEnterprise":false}"""),
        };

        Task<MailClient> connecting = server.ConnectAsync(
            MailCredential.FromDevice((device, _) =>
            {
                shown = device;
                return ValueTask.CompletedTask;
            }),
            WithoutTimeout);
        for (int poll = 0; poll < 3; poll++)
        {
            await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(7));
        }
        using MailClient client = await connecting;

        client.UserName.ShouldBe("jane");
        polls.ShouldBe(3);
        shown!.UserCode.ShouldBe("ABCD-EFGH");
        shown.VerificationUri.AbsoluteUri.ShouldBe("https://proxy.test/mail/authorize");
        shown.VerificationUriComplete.AbsoluteUri.ShouldBe("https://proxy.test/mail/authorize/?code=ABCD-EFGH");
        server.AllRequests.ShouldAllBe(r => r.Uri.Host == "proxy.test");
    }

    [Theory]
    [InlineData(true, MailErrorCode.UnsupportedVersion)]
    [InlineData(false, MailErrorCode.NotStalwart)]
    public async Task A_server_without_the_API_is_told_before_a_person_is_asked_to_type_a_code(bool jmap, MailErrorCode code)
    {
        // 0.16 hands out codes, and what they lead to is of no use here.
        var server = new FakeServer
        {
            OnEverything = r => r.Target switch
            {
                "/auth/device" => TestResponses.Json(HttpStatusCode.OK, """{"device_code":"d","user_code":"ABCD-EFGH","expires_in":10,"interval":5}"""),
                "/.well-known/jmap" when jmap => TestResponses.Problem(401, "Unauthorized"),
                _ => TestResponses.Problem(404, "Not Found"),
            },
        };
        bool shown = false;
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromDevice((_, _) =>
        {
            shown = true;
            return ValueTask.CompletedTask;
        })));
        e.Code.ShouldBe(code);
        shown.ShouldBeFalse();
        server.AllRequests.ShouldAllBe(r => r.Authorization == null && r.Target != "/auth/device");
    }

    [Theory]
    [InlineData("expired_token", 1)]
    [InlineData("authorization_pending", 2)]
    public async Task A_device_that_nobody_approves_ends(string error, int polls)
    {
        var time = new ManualTime();
        var server = new FakeServer { Time = time };
        server.Intercept = r => r.Target == "/auth/device"
            ? TestResponses.Json(HttpStatusCode.OK, """{"device_code":"d","user_code":"ABCD-EFGH","expires_in":10,"interval":5}""")
            : TestResponses.Json(HttpStatusCode.BadRequest, $$"""{"error":"{{error}}"}""");
        Task<MailClient> connecting = server.ConnectAsync(MailCredential.FromDevice((_, _) => ValueTask.CompletedTask), WithoutTimeout);
        for (int poll = 0; poll < polls; poll++)
        {
            await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(5));
        }
        MailServerException e = await Should.ThrowAsync<MailServerException>(connecting);
        e.Code.ShouldBe(MailErrorCode.OAuthError);
        e.ServerCode.ShouldBe("expired_token");
        server.AllRequests.Count.ShouldBe(2 + polls);
    }

    [Theory]
    [InlineData("http://mail.example.org", false)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://[::1]:8080", true)]
    public async Task A_credential_goes_over_plain_http_to_this_host_alone(string address, bool allowed)
    {
        var server = new FakeServer { BaseUri = new Uri(address) };
        if (allowed)
        {
            (await server.ConnectAsync()).Dispose();
            return;
        }
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.AllRequests.ShouldBeEmpty();
        (await server.ConnectAsync(null, o => o with { AllowUnencryptedAuthentication = true })).Dispose();
    }

    [Fact]
    public async Task A_client_id_beyond_twenty_bytes_is_not_sent()
    {
        var server = new FakeServer();
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(null, o => o with { ClientId = new string('x', 21) }))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.AllRequests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, true, MailErrorCode.UnsupportedVersion)]
    [InlineData(404, false, MailErrorCode.NotStalwart)]
    public async Task A_server_without_the_API_is_told_by_its_JMAP(int status, bool jmap, MailErrorCode code)
    {
        var server = new FakeServer
        {
            OnEverything = r => r.Target == "/.well-known/jmap" && jmap ? TestResponses.Problem(401, "Unauthorized") : TestResponses.Json((HttpStatusCode)status, """{"message":"nothing here"}"""),
        };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync())).Code.ShouldBe(code);
        server.AllRequests.ShouldContain(r => r.Target == "/.well-known/jmap");
        server.AllRequests.ShouldAllBe(r => r.Authorization == null && r.Body.Length == 0);
    }

    [Theory]
    [InlineData("https://mail.test/authorize/code", true, MailErrorCode.UnexpectedResponse)]
    [InlineData("https://mail.test/authorize/code", false, MailErrorCode.UnexpectedResponse)]
    [InlineData("https://mail.test/login", true, MailErrorCode.UnsupportedVersion)]
    public async Task A_proxy_that_keeps_the_API_to_itself_is_told_from_a_newer_server(string page, bool isServersOwn, MailErrorCode code)
    {
        // Every version speaks JMAP: that alone does not make a server a newer one.
        var server = new FakeServer
        {
            OnEverything = r => r.Target switch
            {
                "/.well-known/oauth-authorization-server" => TestResponses.Json(HttpStatusCode.OK, $$"""{"issuer":"https://mail.test","authorization_endpoint":"{{page}}"}"""),
                "/.well-known/jmap" => TestResponses.Problem(401, "Unauthorized"),
                _ => isServersOwn ? TestResponses.Problem(404, "Not Found") : TestResponses.Html(HttpStatusCode.NotFound),
            },
        };
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        e.Code.ShouldBe(code);
        e.Message.ShouldContain(code == MailErrorCode.UnexpectedResponse ? "below /api" : "0.16");
        server.AllRequests.ShouldAllBe(r => r.Authorization == null && r.Body.Length == 0);
    }

    [Fact]
    public async Task A_web_server_that_answers_everything_with_a_page_is_no_Stalwart()
    {
        foreach (int status in (int[])[200, 404, 405])
        {
            var server = new FakeServer { OnEverything = _ => TestResponses.Html((HttpStatusCode)status) };
            (await Should.ThrowAsync<MailServerException>(server.ConnectAsync())).Code.ShouldBe(MailErrorCode.NotStalwart);
        }
        var proxy = new FakeServer { OnEverything = _ => TestResponses.Html(HttpStatusCode.BadGateway) };
        (await Should.ThrowAsync<MailServerException>(proxy.ConnectAsync())).Code.ShouldBe(MailErrorCode.ServerError);
    }

    [Fact]
    public async Task A_server_that_is_down_is_unreachable_after_the_retries()
    {
        var server = new FakeServer { OnEverything = _ => TestResponses.ConnectionRefused() };
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        server.AllRequests.Count.ShouldBe(5);
        server.Waits.Select(w => w.Kind).ShouldBe(Enumerable.Repeat(WaitKind.Retry, 4));
    }

    [Fact]
    public async Task What_a_credential_or_client_prints_holds_no_secret()
    {
        MailCredential.FromPassword("jane", "hunter2").ToString().ShouldNotContain("hunter2");
        MailCredential.FromApiKey("api_hunter2").ToString().ShouldNotContain("hunter2");
        MailCredential.FromToken("hunter2", "hunter2").ToString().ShouldNotContain("hunter2");
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_disposed_client_is_closed()
    {
        var server = new FakeServer();
        MailClient client = await server.ConnectAsync();
        client.Dispose();
        client.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(client.Principals.GetAsync("jane", s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    // The pipeline's own timers would stir a clock that the test moves by hand.
    private static MailClientOptions WithoutTimeout(MailClientOptions options) => options with { OperationTimeout = Timeout.InfiniteTimeSpan };

    private static string? Secret(RecordedRequest request) => request.Authorization?.Split(' ') is ["Basic", var text] ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : null;

    private static string IdToken(string name) => "e30." + Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"aud":"x","preferred_username":"{{name}}"}""")).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".sig";
}
