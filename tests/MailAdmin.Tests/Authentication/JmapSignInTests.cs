// Each way to sign in to a server from 0.16 on, and that no secret goes further or oftener than it must.
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class JmapSignInTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_becomes_tokens_by_a_code_that_only_this_client_can_exchange()
    {
        var server = new FakeJmapServer();
        using MailClient client = await server.ConnectAsync(MailCredential.FromPassword(" jane ", "päss:word"));

        RecordedRequest[] all = [.. server.Server.AllRequests];
        all.Select(request => request.RequestLine).ShouldBe(
            ["GET /api/discover/x", "POST /api/auth", "POST /auth/token", "GET /api/account", "GET /api/schema", "GET /jmap/session"]);
        all[..3].ShouldAllBe(request => request.Authorization == null);
        all[3..].ShouldAllBe(request => request.Authorization == "Bearer token-1");
        using var body = JsonDocument.Parse(all[1].Body);
        body.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["type", "accountName", "accountSecret", "clientId", "redirectUri", "codeChallenge", "codeChallengeMethod"], ignoreOrder: true);
        body.RootElement.GetProperty("type").GetString().ShouldBe("authCode");
        body.RootElement.GetProperty("accountName").GetString().ShouldBe("jane");
        body.RootElement.GetProperty("accountSecret").GetString().ShouldBe("päss:word");
        body.RootElement.GetProperty("codeChallengeMethod").GetString().ShouldBe("S256");
        System.Collections.Specialized.NameValueCollection form = HttpUtility.ParseQueryString(all[2].Body);
        string verifier = form["code_verifier"]!;
        verifier.Length.ShouldBeInRange(43, 128);
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).ShouldBe(body.RootElement.GetProperty("codeChallenge").GetString());
        (form["code"], form["redirect_uri"], form["client_id"]).ShouldBe(("the-code", body.RootElement.GetProperty("redirectUri").GetString(), "mailadmin"));

        client.UserName.ShouldBe("jane@example.org");
        client.TokenExpires.ShouldNotBeNull();
        (client.Server!.Family, client.Server.Edition, client.Server.IsEnterprise, client.Server.VersionRange, client.Server.Version).ShouldBe((ServerFamily.Jmap, "Community", false, "0.16.16", new Version(0, 16, 16)));
        client.Server.HasPermission("sysAccountGet").ShouldBeTrue();
        client.Jmap!.Session.AccountId.ShouldBe("d");
    }

    [Fact]
    public async Task A_server_with_the_management_API_is_asked_one_question_more()
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        server.AllRequests.Select(request => request.RequestLine).ShouldBe(["GET /api/discover/x", "POST /api/oauth", "POST /auth/token"]);
        client.Jmap.ShouldBeNull();
        (client.Server!.Family, client.Server.VersionRange, client.Server.Edition).ShouldBe((ServerFamily.Rest, "0.11.8", "Community"));
    }

    [Theory]
    [InlineData("failure", MailErrorCode.Unauthorized)]
    [InlineData("mfaRequired", MailErrorCode.TotpRequired)]
    public async Task A_refused_password_is_checked_exactly_once(string type, MailErrorCode code)
    {
        var server = new FakeJmapServer { Intercept = request => request.Target == "/api/auth" ? TestResponses.Json(HttpStatusCode.OK, $$"""{"type":"{{type}}"}""") : null };
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "not the password")));
        e.Code.ShouldBe(code);
        server.Server.AllRequests.Count(request => request.Target == "/api/auth").ShouldBe(1);
        server.Server.AllRequests.ShouldNotContain(request => request.Target == "/auth/token");
        e.ToString().ShouldNotContain("not the password");
    }

    [Theory]
    [InlineData(400, MailErrorCode.InvalidRequest)]
    [InlineData(401, MailErrorCode.Unauthorized)]
    [InlineData(429, MailErrorCode.Banned)]
    [InlineData(500, MailErrorCode.ServerError)]
    [InlineData(503, MailErrorCode.ServerError)]
    public async Task A_password_that_was_not_answered_is_not_sent_again(int status, MailErrorCode code)
    {
        var server = new FakeJmapServer { Intercept = request => request.Target == "/api/auth" ? TestResponses.Problem(status, "…") : null };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync())).Code.ShouldBe(code);
        server.Server.AllRequests.Count(request => request.Target == "/api/auth").ShouldBe(1);
    }

    [Fact]
    public async Task A_one_time_code_is_asked_for_once_and_sent_beside_the_password()
    {
        int asked = 0;
        var server = new FakeJmapServer { Intercept = request => request.Target == "/api/auth" && !request.Body.Contains("\"mfaToken\":\"123456\"", StringComparison.Ordinal) ? TestResponses.Json(HttpStatusCode.OK, """{"type":"mfaRequired"}""") : null };
        using MailClient client = await server.ConnectAsync(MailCredential.FromPassword("jane", "secret", _ =>
        {
            asked++;
            return ValueTask.FromResult<string?>(" 123 456 ");
        }));
        asked.ShouldBe(1);
        server.Server.AllRequests.Count(request => request.Target == "/api/auth").ShouldBe(2);
    }

    [Theory]
    [InlineData(null, 1, MailErrorCode.TotpRequired)]
    [InlineData("000000", 2, MailErrorCode.Unauthorized)]
    public async Task A_wrong_one_time_code_is_not_tried_again(string? code, int sent, MailErrorCode error)
    {
        var server = new FakeJmapServer { Intercept = request => request.Target == "/api/auth" ? TestResponses.Json(HttpStatusCode.OK, request.Body.Contains("mfaToken", StringComparison.Ordinal) ? """{"type":"failure"}""" : """{"type":"mfaRequired"}""") : null };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromPassword("jane", "secret", _ => ValueTask.FromResult(code))))).Code.ShouldBe(error);
        server.Server.AllRequests.Count(request => request.Target == "/api/auth").ShouldBe(sent);
    }

    [Fact]
    public async Task A_key_is_sent_only_once_the_server_is_known_to_be_one_that_makes_such_keys()
    {
        var server = new FakeJmapServer();
        using MailClient client = await server.ConnectAsync(MailCredential.FromApiKey(" API_AAAAAwAAAALn "));
        server.Server.AllRequests.Select(request => (request.RequestLine, request.Authorization)).ShouldBe(
            [("GET /api/discover/x", null), ("GET /api/account", "Bearer API_AAAAAwAAAALn"), ("GET /api/schema", "Bearer API_AAAAAwAAAALn"), ("GET /jmap/session", "Bearer API_AAAAAwAAAALn")]);
        client.TokenExpires.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_does_not_go_to_an_older_server(bool asKey)
    {
        var server = new FakeServer();
        MailCredential credential = asKey ? MailCredential.FromApiKey("API_AAAAAwAAAALn") : MailCredential.FromToken("API_AAAAAwAAAALn");
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(credential));
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        e.Message.ShouldContain("0.16");
        server.AllRequests.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_key_does_not_go_to_another_server()
    {
        foreach (Func<HttpResponseMessage> answer in (Func<HttpResponseMessage>[])[() => TestResponses.Html(), () => TestResponses.Html(HttpStatusCode.NotFound), () => TestResponses.Json(HttpStatusCode.OK, """{"message":"hello"}""")])
        {
            var server = new FakeServer { OnEverything = _ => answer() };
            (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromApiKey("API_AAAAAwAAAALn")))).Code.ShouldBe(MailErrorCode.NotStalwart);
            server.AllRequests.ShouldAllBe(request => request.Authorization == null);
        }
    }

    [Fact]
    public async Task A_key_of_an_older_server_is_told_so()
    {
        var server = new FakeJmapServer();
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromApiKey("api_eDp5")));
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        e.Message.ShouldContain("API_");
        server.Server.AllRequests.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_with_its_refresh_token()
    {
        var server = new FakeJmapServer { Intercept = request => request.Authorization == "Bearer old" ? TestResponses.Problem(401, "Unauthorized") : null };
        using MailClient client = await server.ConnectAsync(MailCredential.FromToken("old", "refresh-0"));
        server.Server.AllRequests.Single(request => request.Uri.AbsolutePath == "/auth/token").Body.ShouldContain("refresh-0");
        server.Server.AllRequests[^1].Authorization.ShouldBe("Bearer token-1");
    }

    [Fact]
    public async Task A_device_is_approved_on_a_page_of_the_users_own_address()
    {
        var time = new ManualTime();
        DeviceAuthorization? shown = null;
        var server = new FakeJmapServer
        {
            Intercept = request => request.Target switch
            {
                "/auth/device" => TestResponses.Json(HttpStatusCode.OK, """{"device_code":"d","user_code":"L4FR-CHRW","verification_uri":"https://mx.example.org/device","verification_uri_complete":"https://mx.example.org/device/?code=L4FR-CHRW","expires_in":1800,"interval":5}"""),
                _ => null,
            },
        };
        server.Server.Time = time;
        Task<MailClient> connecting = server.ConnectAsync(
            MailCredential.FromDevice((device, _) =>
            {
                shown = device;
                return ValueTask.CompletedTask;
            }),
            options => options with { OperationTimeout = Timeout.InfiniteTimeSpan });
        await time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(5));
        using MailClient client = await connecting;
        shown!.VerificationUriComplete.AbsoluteUri.ShouldBe("https://mail.test/device/?code=L4FR-CHRW");
        server.Server.AllRequests.Take(3).ShouldAllBe(request => request.Authorization == null);
        client.Jmap.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("sysBootstrapGet,sysBootstrapUpdate", "bootstrap mode")]
    [InlineData("emailReceive,authenticateWithAlias,authenticate,sysAccountPasswordUpdate,sysAccountPasswordGet", "password of the account has expired")]
    public async Task Where_nothing_is_allowed_the_reason_is_told(string permissions, string reason)
    {
        var server = new FakeJmapServer { Permissions = permissions };
        MailServerException e = await Should.ThrowAsync<MailServerException>(server.ConnectAsync());
        e.Code.ShouldBe(MailErrorCode.Forbidden);
        e.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData(401, MailErrorCode.Unauthorized)]
    [InlineData(403, MailErrorCode.Forbidden)]
    public async Task A_key_that_is_not_accepted_is_an_error(int status, MailErrorCode code)
    {
        var server = new FakeJmapServer { Intercept = request => request.Target == "/api/account" ? TestResponses.Problem(status, "…") : null };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromApiKey("API_AAAAAwAAAALn")))).Code.ShouldBe(code);
        server.Server.AllRequests.Count(request => request.Authorization is not null).ShouldBe(1);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"urn:stalwart:jmap":""}""")]
    [InlineData("""{"urn:ietf:params:jmap:mail":"d"}""")]
    public async Task A_session_without_an_account_of_the_management_is_none(string primaryAccounts)
    {
        var server = new FakeJmapServer { PrimaryAccounts = primaryAccounts };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync())).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Theory]
    [InlineData("aJJKvnpsjjwAEzJ0eKDWdfSLK_RvBKsLhk8BwCq-7qA", "0.16.0", "0.16.0")]
    [InlineData("nGrZtt6AUdU1bcCirQQzKiHbnluseipQ1zi4wqAu0AY", "0.16.6 to 0.16.8", "0.16.6")]
    [InlineData("25gnm1_xB9bPk-puX9VTFMP1W5V-1muUWuK964-_uEw", "0.16.18", "0.16.18")]
    [InlineData("somethingNew", "newer than 0.16.18", "0.16.18")]
    [InlineData(null, "newer than 0.16.18", "0.16.18")]
    public async Task The_schema_tells_the_version(string? schema, string range, string oldest)
    {
        var server = new FakeJmapServer { Schema = schema };
        using MailClient client = await server.ConnectAsync();
        (client.Server!.VersionRange, client.Server.Version.ToString()).ShouldBe((range, oldest));
    }

    [Theory]
    [InlineData("oss", "OpenSource", false)]
    [InlineData("community", "Community", false)]
    [InlineData("enterprise", "Enterprise", true)]
    public async Task The_edition_is_told(string edition, string name, bool isEnterprise)
    {
        var server = new FakeJmapServer { Edition = edition };
        using MailClient client = await server.ConnectAsync();
        (client.Server!.Edition, client.Server.IsEnterprise).ShouldBe((name, isEnterprise));
    }

    [Theory]
    [InlineData("authenticate", 4, 3, true)]
    [InlineData("authenticate,unlimitedRequests", 4, 3, false)]
    [InlineData("authenticate,unlimitedRequests", 64, 3, false)]
    [InlineData("authenticate", 1, 1, true)]
    public async Task The_limits_are_those_of_the_session(string permissions, int concurrent, int limit, bool paced)
    {
        var server = new FakeJmapServer { Permissions = permissions, MaxConcurrentRequests = concurrent };
        using MailClient client = await server.ConnectAsync();
        (client.ConcurrencyLimit, client.IsPaced).ShouldBe((limit, paced));
    }

    [Fact]
    public async Task What_needs_the_management_API_is_refused_and_not_sent()
    {
        var server = new FakeJmapServer();
        using MailClient client = await server.ConnectAsync();
        int before = server.Server.AllRequests.Count;
        Func<Task>[] uses =
        [
            () => client.Settings.GetAsync(["server.hostname"], s_cancellationToken),
            () => client.Queue.GetStatusAsync(s_cancellationToken),
            () => client.Raw.SendAsync(HttpMethod.Get, "no/such/path", null, null, s_cancellationToken),
        ];
        foreach (Func<Task> use in uses)
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(use());
            e.Code.ShouldBe(MailErrorCode.Unsupported);
            e.Message.ShouldContain("0.16.16");
        }
        server.Server.AllRequests.Count.ShouldBe(before);
        server.Intercept = request => request.Target == "/healthz/live" ? TestResponses.Json(HttpStatusCode.OK, """{"type":"about:blank","title":"OK","status":200,"detail":"OK"}""") : null;
        (await client.Health.IsLiveAsync(s_cancellationToken)).ShouldBeTrue();
    }
}
