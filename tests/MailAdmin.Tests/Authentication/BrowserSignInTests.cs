// A browser signs in, comes back to this machine, and nobody else can do that in its place.
using System.Buffers.Text;
using System.Collections.Specialized;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using MailAdmin.Client;
using MailAdmin.Client.Authentication;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class BrowserSignInTests : IDisposable
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    private readonly FakeJmapServer _server = new();
    private readonly FakeBrowser _browser = new();
    private readonly TaskCompletionSource<BrowserAuthorization> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_browser_brings_a_code_that_only_this_client_can_exchange()
    {
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        (int status, string page) = await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code"), ("iss", "https://mx.example.org")));
        using MailClient client = await connecting;

        status.ShouldBe(200);
        page.ShouldContain("You can close this window");
        page.ShouldNotContain("the-code");
        RecordedRequest[] all = [.. _server.Server.AllRequests];
        all.Select(request => request.RequestLine).ShouldBe(["GET /api/discover/x", "GET /login", "POST /auth/token", "GET /api/account", "GET /api/schema", "GET /jmap/session"]);
        all[..3].ShouldAllBe(request => request.Authorization == null);
        all[3..].ShouldAllBe(request => request.Authorization == "Bearer token-1");

        opened.Page.GetLeftPart(UriPartial.Path).ShouldBe("https://mail.test/login");
        NameValueCollection asked = HttpUtility.ParseQueryString(opened.Page.Query);
        asked.AllKeys.ShouldBe(["response_type", "client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method"], ignoreOrder: true);
        (asked["response_type"], asked["client_id"], asked["code_challenge_method"]).ShouldBe(("code", "mailadmin", "S256"));
        asked["redirect_uri"].ShouldBe(opened.RedirectUri.OriginalString);
        opened.RedirectUri.OriginalString.ShouldMatch(@"^http://127\.0\.0\.1:[0-9]+/callback$");
        asked["state"]!.Length.ShouldBe(64);
        NameValueCollection form = HttpUtility.ParseQueryString(all[2].Body);
        (form["grant_type"], form["code"], form["redirect_uri"], form["client_id"]).ShouldBe(("authorization_code", "the-code", opened.RedirectUri.OriginalString, "mailadmin"));
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))).ShouldBe(asked["code_challenge"]);
        opened.Page.OriginalString.ShouldNotContain(form["code_verifier"]!);

        client.UserName.ShouldBe("jane@example.org");
        client.TokenExpires.ShouldNotBeNull();
        client.Jmap.ShouldNotBeNull();
        await ShouldBeClosedAsync(opened.RedirectUri);
    }

    [Fact]
    public async Task Each_sign_in_has_a_state_of_its_own()
    {
        (Task<MailClient> first, BrowserAuthorization one) = await OpenAsync();
        var again = new TaskCompletionSource<BrowserAuthorization>();
        Task<MailClient> second = ConnectAsync(again, s_cancellationToken);
        BrowserAuthorization two = await again.Task.WaitAsync(TimeSpan.FromSeconds(30), s_cancellationToken);
        string[] states = [HttpUtility.ParseQueryString(one.Page.Query)["state"]!, HttpUtility.ParseQueryString(two.Page.Query)["state"]!];
        states.ShouldBeUnique();
        two.RedirectUri.ShouldNotBe(one.RedirectUri);
        // The answer to one is none to the other.
        (await _browser.GoAsync(FakeBrowser.CreateRedirect(two.Page, ("code", "the-code"), ("state", states[0])))).Status.ShouldBe(400);
        await _browser.GoAsync(FakeBrowser.CreateRedirect(one.Page, ("code", "the-code")));
        await _browser.GoAsync(FakeBrowser.CreateRedirect(two.Page, ("code", "the-code")));
        (await first).Dispose();
        (await second).Dispose();
    }

    [Theory]
    [InlineData("?code=stolen&state=wrong")]
    [InlineData("?code=stolen&state=")]
    [InlineData("?code=stolen")]
    [InlineData("?error=access_denied&state=wrong")]
    [InlineData("?code=stolen&state={state}&state=wrong")]
    [InlineData("?code=stolen&code=another&state={state}")]
    [InlineData("?code=stolen&error=access_denied&state={state}")]
    [InlineData("?code=&state={state}")]
    [InlineData("?state={state}")]
    [InlineData("")]
    public async Task What_is_not_the_answer_is_refused_and_the_sign_in_goes_on(string query)
    {
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        string state = HttpUtility.ParseQueryString(opened.Page.Query)["state"]!;
        (int status, string page) = await _browser.GoAsync(new Uri(opened.RedirectUri + query.Replace("{state}", state, StringComparison.Ordinal)));
        status.ShouldBe(400);
        page.ShouldNotContain("stolen");
        connecting.IsCompleted.ShouldBeFalse();
        await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code")));
        using MailClient client = await connecting;
        _server.Server.AllRequests.Where(request => request.Uri.AbsolutePath == "/auth/token").ShouldHaveSingleItem().Body.ShouldContain("code=the-code");
    }

    [Fact]
    public async Task What_else_a_browser_sends_changes_nothing()
    {
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        // Browsers open connections in advance and do not use them.
        using var idle = new TcpClient();
        await idle.ConnectAsync(IPAddress.Loopback, opened.RedirectUri.Port, s_cancellationToken);
        Uri answer = FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code"));
        (await _browser.GoAsync(new Uri(opened.RedirectUri, "/favicon.ico"))).Status.ShouldBe(404);
        (await _browser.GoAsync(new Uri(opened.RedirectUri, "/"))).Status.ShouldBe(404);
        (await _browser.GoAsync(answer, HttpMethod.Post)).Status.ShouldBe(405);
        (await _browser.GoAsync(answer, HttpMethod.Head)).Status.ShouldBe(405);
        (await SendRawAsync(opened.RedirectUri, "this is no HTTP\r\n\r\n")).ShouldStartWith("HTTP/1.1 400 ");
        (await SendRawAsync(opened.RedirectUri, $"GET {answer.PathAndQuery} HTTP/1.1\r\nCookie: {new string('c', 70_000)}\r\n\r\n")).ShouldBe("");
        connecting.IsCompleted.ShouldBeFalse();
        (await _browser.GoAsync(answer)).Status.ShouldBe(200);
        (await connecting).Dispose();
    }

    [Fact]
    public async Task The_answer_counts_once()
    {
        var exchange = new TaskCompletionSource();
        _server.Server.TokenDelay = () => exchange.Task;
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        (await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code")))).Status.ShouldBe(200);
        (await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "another")))).Status.ShouldBe(410);
        exchange.SetResult();
        using MailClient client = await connecting;
        _server.Server.AllRequests.Where(request => request.Uri.AbsolutePath == "/auth/token").ShouldHaveSingleItem().Body.ShouldContain("code=the-code");
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_alone()
    {
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == opened.RedirectUri.Port).Select(listener => listener.Address)
            .ShouldBe([IPAddress.Loopback]);
        await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code")));
        (await connecting).Dispose();
    }

    [Fact]
    public async Task A_refusal_is_shown_with_its_reason()
    {
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        (int status, string page) = await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("error", "access_denied"), ("error_description", "Not today\u001b[31m")));
        MailServerException e = await Should.ThrowAsync<MailServerException>(connecting);
        status.ShouldBe(200);
        page.ShouldContain("refused");
        page.ShouldNotContain("Not today");
        (e.Code, e.ServerCode, e.Operation).ShouldBe((MailErrorCode.OAuthError, "access_denied", Operations.ShowSignInPage));
        e.Message.ShouldContain("'access_denied': Not today");
        e.Message.ShouldNotContain("\u001b");
        _server.Server.AllRequests.ShouldNotContain(request => request.Uri.AbsolutePath == "/auth/token");
        await ShouldBeClosedAsync(opened.RedirectUri);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_is_waited_for_for_ever(bool withStray)
    {
        var time = new ManualTime();
        _server.Server.Time = time;
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync(options => options with { OperationTimeout = Timeout.InfiniteTimeSpan });
        opened.Expires.ShouldBe(time.GetUtcNow() + BrowserFlow.TimeLimit);
        await time.AdvanceWhenWaitingAsync(BrowserFlow.TimeLimit - TimeSpan.FromSeconds(1));
        if (withStray)
        {
            await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code"), ("state", "wrong")));
        }
        connecting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        MailServerException e = await Should.ThrowAsync<MailServerException>(connecting);
        e.Code.ShouldBe(MailErrorCode.TimedOut);
        e.Message.ShouldContain("5 minutes");
        e.Message.ShouldContain("-DeviceCode");
        e.Message.Contains("requests: 1", StringComparison.Ordinal).ShouldBe(withStray);
        await ShouldBeClosedAsync(opened.RedirectUri);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(s_cancellationToken);
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync(cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(connecting);
        await ShouldBeClosedAsync(opened.RedirectUri);
    }

    [Fact]
    public async Task A_code_that_is_not_exchanged_is_in_no_error()
    {
        _server.Server.OnToken = () => TestResponses.Json(HttpStatusCode.BadRequest, $$"""{"error":"{{_server.Server.AllRequests[^1].Body}}"}""");
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "a-code-of-forty-letters-that-is-a-secret")));
        MailServerException e = await Should.ThrowAsync<MailServerException>(connecting);
        e.Code.ShouldBe(MailErrorCode.OAuthError);
        string verifier = HttpUtility.ParseQueryString(_server.Server.AllRequests[^1].Body)["code_verifier"]!;
        string all = $"{e} {e.ServerCode} {e.Details} {e.Reason}";
        all.ShouldNotContain(verifier);
        all.ShouldNotContain("a-code-of-forty-letters");
    }

    [Theory]
    [InlineData(404, MailErrorCode.UnexpectedResponse)]
    [InlineData(401, MailErrorCode.UnexpectedResponse)]
    [InlineData(500, MailErrorCode.ServerError)]
    public async Task No_browser_is_opened_where_there_is_no_page(int status, MailErrorCode code)
    {
        _server.Intercept = request => request.Target == "/login" ? TestResponses.Html((HttpStatusCode)status) : null;
        MailServerException e = await Should.ThrowAsync<MailServerException>(_server.ConnectAsync(CreateCredential(_opened), options => options with { MaximumRetryCount = 0 }));
        (e.Code, (int?)e.Status).ShouldBe((code, status));
        if (status < 500)
        {
            e.Message.ShouldContain("https://mail.test/login");
        }
        _opened.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_that_leads_elsewhere_is_for_the_browser_to_follow()
    {
        _server.Intercept = request => request.Target == "/login" ? TestResponses.Redirect(HttpStatusCode.Redirect, "https://sso.example.net/") : null;
        (Task<MailClient> connecting, BrowserAuthorization opened) = await OpenAsync();
        await _browser.GoAsync(FakeBrowser.CreateRedirect(opened.Page, ("code", "the-code")));
        (await connecting).Dispose();
        _server.Server.AllRequests.ShouldAllBe(request => request.Uri.Host == "mail.test");
    }

    [Fact]
    public async Task An_older_server_is_not_asked_and_the_other_ways_are_named()
    {
        var older = new FakeServer();
        MailServerException e = await Should.ThrowAsync<MailServerException>(older.ConnectAsync(CreateCredential(_opened)));
        e.Code.ShouldBe(MailErrorCode.Unsupported);
        e.Message.ShouldContain("0.16");
        e.Message.ShouldContain("-DeviceCode");
        older.AllRequests.Select(request => request.RequestLine).ShouldBe(["GET /api/discover/x"]);
        _opened.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task No_browser_is_opened_for_another_server()
    {
        var other = new FakeServer { OnEverything = _ => TestResponses.Html() };
        MailServerException e = await Should.ThrowAsync<MailServerException>(other.ConnectAsync(CreateCredential(_opened)));
        e.Code.ShouldBe(MailErrorCode.NotStalwart);
        other.AllRequests.ShouldAllBe(request => request.Method == HttpMethod.Get && request.Authorization == null);
        _opened.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Its_text_forms_show_no_code() => new AuthorizationResponse("the-code", null, null).ToString().ShouldNotContain("the-code");

    private async Task<(Task<MailClient> Connecting, BrowserAuthorization Opened)> OpenAsync(Func<MailClientOptions, MailClientOptions>? change = null, CancellationToken? cancellationToken = null)
    {
        Task<MailClient> connecting = ConnectAsync(_opened, cancellationToken ?? s_cancellationToken, change);
        // A connection that fails before a browser is opened shows why.
        await Task.WhenAny(_opened.Task, connecting).WaitAsync(TimeSpan.FromSeconds(60), s_cancellationToken);
        return _opened.Task.IsCompleted ? (connecting, await _opened.Task) : throw new InvalidOperationException("No browser was opened.", connecting.Exception);
    }

    private Task<MailClient> ConnectAsync(TaskCompletionSource<BrowserAuthorization> opened, CancellationToken cancellationToken, Func<MailClientOptions, MailClientOptions>? change = null) =>
        MailClient.ConnectAsync((change ?? (options => options))(_server.Server.Options), CreateCredential(opened), cancellationToken);

    private static MailCredential CreateCredential(TaskCompletionSource<BrowserAuthorization> opened) => MailCredential.FromBrowser((browser, _) =>
    {
        opened.SetResult(browser);
        return ValueTask.CompletedTask;
    });

    private static async Task ShouldBeClosedAsync(Uri address)
    {
        using var client = new TcpClient();
        await Should.ThrowAsync<SocketException>(client.ConnectAsync(IPAddress.Loopback, address.Port, s_cancellationToken).AsTask());
    }

    private static async Task<string> SendRawAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, address.Port, s_cancellationToken);
        await using NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), s_cancellationToken);
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(s_cancellationToken);
        }
        catch (IOException)
        {
            // It was too long, and not read to its end.
            return "";
        }
    }
}
