// Proxies, over real sockets: who goes through one, what it is shown, and what is said when it fails.
using System.Net;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class ProxyTests
{
    private const string Denied = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private const string LoginRequired = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task This_machine_is_never_reached_through_a_proxy(string host)
    {
        await using var proxy = new TinyServer(null);
        await using var server = new TinyServer(null);
        Uri address = new UriBuilder(server.Uri) { Host = host }.Uri;
        (await FailAsync(address, o => o with { Proxy = proxy.Uri })).Code.ShouldBe(MailErrorCode.Unauthorized);
        (await FailAsync(address, o => o with { SystemProxy = new WebProxy(proxy.Uri) })).Code.ShouldBe(MailErrorCode.Unauthorized);
        proxy.Connections.ShouldBe(0);
        server.Received.ShouldContain("Authorization: Basic");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_password_goes_in_clear_to_a_proxy(bool system)
    {
        await using var proxy = new TinyServer(null);
        MailServerException e = await FailAsync(new Uri("http://mail.test"), o => (system ? o with { SystemProxy = new WebProxy(proxy.Uri) } : o with { Proxy = proxy.Uri }) with { AllowUnencryptedAuthentication = true });
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        e.Message.ShouldContain(proxy.Uri.Authority);
        e.Message.ShouldContain("-NoProxy");
        proxy.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task The_login_in_the_address_of_a_proxy_is_used_and_not_shown()
    {
        await using var proxy = new TinyServer(null, response: LoginRequired);
        MailServerException e = await FailAsync(new Uri("https://mail.test"), o => o with { Proxy = new UriBuilder(proxy.Uri) { UserName = "us%40er", Password = "pass%3Aword" }.Uri });
        proxy.Received.ShouldContain("CONNECT mail.test:443");
        proxy.Received.ShouldContain("Proxy-Authorization: Basic " + Convert.ToBase64String("us@er:pass:word"u8));
        proxy.Received.ShouldNotContain(Convert.ToBase64String("jane:secret"u8));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.ToString().ShouldNotContain("pass:word");
        e.ToString().ShouldNotContain("pass%3Aword");
        e.Message.ShouldContain("-ProxyCredential");
    }

    [Fact]
    public async Task A_credential_of_its_own_wins_and_serves_the_systems_proxy_too()
    {
        await using var proxy = new TinyServer(null, response: LoginRequired);
        await FailAsync(new Uri("https://mail.test"), o => o with { SystemProxy = new WebProxy(proxy.Uri), ProxyCredentials = new NetworkCredential("jim", "beam") });
        proxy.Received.ShouldContain("Proxy-Authorization: Basic " + Convert.ToBase64String("jim:beam"u8));
    }

    [Fact]
    public async Task A_proxy_that_requires_a_login_is_told_apart_from_one_that_refuses()
    {
        await using var login = new TinyServer(null, response: LoginRequired);
        await using var denying = new TinyServer(null, response: Denied);
        MailServerException first = await FailAsync(new Uri("https://mail.test"), o => o with { Proxy = login.Uri });
        first.Message.ShouldContain($"proxy {login.Uri.GetLeftPart(UriPartial.Authority)} requires a login");
        first.Message.ShouldContain("-ProxyCredential");
        MailServerException second = await FailAsync(new Uri("https://mail.test"), o => o with { Proxy = denying.Uri });
        second.Message.ShouldContain("403");
        second.Message.ShouldContain("mail.test");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dead_proxy_is_named_and_not_the_server(bool system)
    {
        Uri closed;
        await using (var server = new TinyServer(null))
        {
            closed = server.Uri;
        }
        MailServerException e = await FailAsync(new Uri("https://mail.test"), o => system ? o with { SystemProxy = new WebProxy(closed) } : o with { Proxy = closed });
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Message.ShouldStartWith($"The proxy {closed.GetLeftPart(UriPartial.Authority)} ");
        e.Message.ShouldContain("does not answer");
        e.Message.Split("-NoProxy").Length.ShouldBe(2, "advice stands once");
    }

    [Theory]
    [InlineData(null, true, false, "there is none for 'mail.test'")]
    [InlineData("http://proxy.test:3128", true, true, "-NoProxy")]
    [InlineData("http://proxy.test:3128", false, true, "-NoProxy")]
    [InlineData("ftp://proxy.test", false, false, "http://host:port")]
    [InlineData("proxy.test:3128", false, false, "http://host:port")]
    public async Task Settings_of_a_proxy_that_cannot_be_meant_are_refused(string? address, bool credential, bool none, string says)
    {
        MailServerException e = await FailAsync(new Uri("https://mail.test"), o => o with
        {
            Proxy = address is null ? null : new Uri(address),
            ProxyCredentials = credential ? new NetworkCredential("jim", "beam") : null,
            NoProxy = none,
            SystemProxy = new WebProxy(),
        });
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        e.Message.ShouldContain(says);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named_with_its_port()
    {
        Uri closed;
        await using (var server = new TinyServer(null))
        {
            closed = server.Uri;
        }
        (await FailAsync(closed, o => o)).Message.ShouldContain($"'{closed.Authority}'");
    }

    [Fact]
    public async Task Https_to_a_plain_port_is_not_tried_again_before_the_look()
    {
        await using var server = new TinyServer(null);
        var waits = new List<WaitNotice>();
        MailServerException e = await FailAsync(new UriBuilder(server.Uri) { Scheme = "https" }.Uri, o => o with { OnWait = waits.Add });
        waits.ShouldBeEmpty();
        e.Message.ShouldContain("speaks plain http");
    }

    private static async Task<MailServerException> FailAsync(Uri address, Func<MailClientOptions, MailClientOptions> change)
    {
        var options = new MailClientOptions { BaseUri = address, RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, RetryInterval = TimeSpan.FromMilliseconds(1) };
        return await Should.ThrowAsync<MailServerException>(async () =>
        {
            using MailClient client = await MailClient.ConnectAsync(change(options), MailCredential.FromPassword("jane", "secret"), s_cancellationToken);
        });
    }
}
