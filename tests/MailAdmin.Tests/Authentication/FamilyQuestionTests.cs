// Which family a server is of is asked first and without a secret, and no secret goes to an address of the other family, whatever the credential.
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Web;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class FamilyQuestionTests
{
    private const string Question = "GET /api/discover/x";
    private const string OtpUrl = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private const string AdminPassword = "sandbox-admin-secret";
    private const string KeySecret = "a-secret-of-a-key";
    private static readonly string s_olderKey = "api_" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{KeySecret}"));
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    // What only servers from 0.16 on have, and what only older ones have; the rest both have.
    private static readonly string[] s_newer = ["/api/auth", "/api/account", "/api/schema", "/jmap", "/jmap/session", "/login"];
    private static readonly string[] s_older = ["/api/oauth", "/api/principal"];
    private static readonly string[] s_both = ["/auth/token", "/auth/device"];

    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private SandboxServer _server = null!;

    public enum Kind
    {
        Password,
        OneTimeCode,
        Key,
        KeyOfTheOther,
        KeyOfTheOtherAsToken,
        Token,
        EndedToken,
        Device,
        Browser,
    }

    public static TheoryData<ServerFamily, Kind> Credentials => [.. from family in Enum.GetValues<ServerFamily>() from kind in Enum.GetValues<Kind>() select (family, kind)];

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task No_secret_goes_where_it_does_not_belong(ServerFamily family, Kind kind)
    {
        bool isNewer = family == ServerFamily.Jmap;
        (MailCredential credential, string[] secrets) = await PrepareAsync(family, kind);
        MailErrorCode? refusal = kind switch
        {
            Kind.KeyOfTheOther or Kind.KeyOfTheOtherAsToken => MailErrorCode.RejectedByClient,
            Kind.Browser when !isNewer => MailErrorCode.Unsupported,
            _ => null,
        };

        if (refusal is null)
        {
            using MailClient client = await ConnectAsync(credential, kind);
            client.Family.ShouldBe(family);
            await client.Principals.CountAsync(new PrincipalQuery { Types = [PrincipalType.Domain] }, s_cancellationToken);
        }
        else
        {
            (await Should.ThrowAsync<MailServerException>(ConnectAsync(credential, kind))).Code.ShouldBe(refusal.Value);
        }

        RecordedRequest[] all = [.. _requests];
        (all[0].RequestLine, all[0].Authorization, all[0].Body).ShouldBe((Question, null, ""));
        all.Count(request => request.RequestLine == Question).ShouldBe(1);
        string[] paths = [.. all.Where(request => request.Authorization is not null || request.Body.Length > 0 || secrets.Any(secret => request.Target.Contains(secret, StringComparison.Ordinal)))
            .Select(request => request.Uri.AbsolutePath)];
        if (refusal is not null)
        {
            paths.ShouldBeEmpty();
            return;
        }
        string[] own = isNewer ? s_newer : s_older;
        paths.Except(s_both).Except(own).ShouldBeEmpty();
        paths.ShouldContain(path => own.Contains(path));
    }

    [Theory]
    [InlineData(ServerFamily.Rest)]
    [InlineData(ServerFamily.Jmap)]
    public async Task A_connection_that_signs_in_again_does_not_ask_again(ServerFamily family)
    {
        (MailCredential credential, _) = await PrepareAsync(family, Kind.Password);
        using MailClient client = await ConnectAsync(credential, Kind.Password);
        int before = _requests.Count;
        await client.Account.RenewSessionAsync(credential, s_cancellationToken);
        await client.DescribeServerAsync(s_cancellationToken);
        RecordedRequest[] again = [.. _requests.Skip(before)];
        again.ShouldContain(request => request.Uri.AbsolutePath == "/auth/token");
        again.ShouldNotContain(request => request.RequestLine == Question);
    }

    [Theory]
    [InlineData("0.11.8")]
    [InlineData("0.13.4")]
    [InlineData("0.15.5")]
    public async Task Every_older_sandbox_answers_as_the_real_server_does(string version)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = version });
        CapturedResponse answer = await server.SendAsync("GET", "/api/discover/x", authorization: null);
        (answer.Status, answer.Json.GetProperty("status").GetInt32()).ShouldBe((401, 401));
        answer.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["type", "status", "title", "detail"]);
        server.RequestCount.ShouldBe(1);
    }

    // Nobody waits for the pace at which a device asks.
    private Task<MailClient> ConnectAsync(MailCredential credential, Kind kind) => MailClient.ConnectAsync(
        new MailClientOptions
        {
            Time = kind == Kind.Device ? new AutoAdvancingTime(DateTimeOffset.UtcNow) : TimeProvider.System,
            OperationTimeout = Timeout.InfiniteTimeSpan,
            BaseUri = new Uri("http://localhost:8080"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = () => new Recorder(_requests, _server.CreateHandler()),
        },
        credential,
        s_cancellationToken);

    private async Task<(MailCredential Credential, string[] Secrets)> PrepareAsync(ServerFamily family, Kind kind)
    {
        bool isNewer = family == ServerFamily.Jmap;
        JmapSandbox? newer = isNewer ? new JmapSandbox() : null;
        _server = newer?.Server ?? new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = "0.15.5" });
        const string Password = JmapSandbox.Password;
        switch (kind)
        {
            case Kind.Password:
                return (MailCredential.FromPassword("admin", AdminPassword), [AdminPassword]);
            case Kind.OneTimeCode:
                if (newer is not null)
                {
                    string id = await newer.AddAccountAsync("jane");
                    await newer.CallAsync("x:Account/set", $$$"""{"update":{"{{{id}}}":{"credentials/0/otpAuth":"{{{OtpUrl}}}","roles":{"@type":"Admin"} } } }""");
                }
                else
                {
                    await _server.AddUserAsync("jane", Password, "admin");
                    await _server.SendAsync("PATCH", "/api/principal/jane", $$"""[{"action":"addItem","field":"secrets","value":"{{OtpUrl}}"}]""");
                }
                string code = OneTimeCode.Compute(OtpUrl, DateTimeOffset.UtcNow);
                return (MailCredential.FromPassword("jane", Password, _ => ValueTask.FromResult<string?>(code)), [Password, code]);
            case Kind.Key:
                string key = isNewer ? await MakeNewerKeyAsync(newer!) : await MakeOlderKeyAsync();
                return (MailCredential.FromApiKey(key), [key]);
            case Kind.KeyOfTheOther or Kind.KeyOfTheOtherAsToken:
                string other = isNewer ? s_olderKey : "API_AAAAAwAAAALnAAAAAAAAAAAAAAAA";
                return (kind == Kind.KeyOfTheOther ? MailCredential.FromApiKey(other) : MailCredential.FromToken(other), [other]);
            case Kind.Token or Kind.EndedToken:
                (string access, string refresh) = newer is null ? await _server.SignInAsync() : await newer.SignInAsync("admin", AdminPassword);
                return (kind == Kind.Token ? MailCredential.FromToken(access) : MailCredential.FromToken("ended", refresh), [access, refresh]);
            case Kind.Device:
                return (MailCredential.FromDevice(async (device, _) => await ApproveAsync(device.UserCode, isNewer)), []);
            default:
                return (MailCredential.FromBrowser(async (browser, _) => await SignInOnPageAsync(browser.Page)), []);
        }
    }

    private async Task<string> MakeOlderKeyAsync()
    {
        CapturedResponse made = await _server.SendAsync("POST", "/api/principal", JsonSerializer.Serialize(new { type = "apiKey", name = "robot", secrets = new[] { KeySecret }, roles = new[] { "admin" } }));
        made.Status.ShouldBe(200, made.Text);
        return s_olderKey;
    }

    private static async Task<string> MakeNewerKeyAsync(JmapSandbox sandbox)
    {
        string id = await sandbox.AddAccountAsync("jane");
        await sandbox.CallAsync("x:Account/set", $$$"""{"update":{"{{{id}}}":{"roles":{"@type":"Admin"} } } }""");
        JsonElement made = await sandbox.CallAsync("x:ApiKey/set", """{"create":{"k":{"description":"robot"}}}""", JmapSandbox.Jane);
        return made.GetProperty("created").GetProperty("k").GetProperty("secret").GetString()!;
    }

    private async Task ApproveAsync(string userCode, bool isNewer)
    {
        CapturedResponse answer = isNewer
            ? await _server.SendAsync("POST", "/api/auth", $$"""{"type":"authDevice","accountName":"admin","accountSecret":"{{AdminPassword}}","code":"{{userCode}}"}""", authorization: null, contentType: "application/json")
            : await _server.SendAsync("POST", "/api/oauth", $$"""{"type":"device","code":"{{userCode}}"}""");
        answer.Status.ShouldBe(200, answer.Text);
    }

    // What the page does.
    private async Task SignInOnPageAsync(Uri page)
    {
        System.Collections.Specialized.NameValueCollection asked = HttpUtility.ParseQueryString(page.Query);
        string order = JsonSerializer.Serialize(new
        {
            type = "authCode",
            accountName = "admin",
            accountSecret = AdminPassword,
            clientId = asked["client_id"],
            redirectUri = asked["redirect_uri"],
            codeChallenge = asked["code_challenge"],
            codeChallengeMethod = asked["code_challenge_method"],
        });
        CapturedResponse answer = await _server.SendAsync("POST", "/api/auth", order, authorization: null, contentType: "application/json");
        using var browser = new FakeBrowser();
        await browser.GoAsync(FakeBrowser.CreateRedirect(page, ("code", answer.Json.GetProperty("client_code").GetString()!)));
    }

    private sealed class Recorder(ConcurrentQueue<RecordedRequest> requests, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            requests.Enqueue(new RecordedRequest(request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), body));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
