// Connect-MailServer -Browser against a sandbox of 0.16 on a socket, with a browser that does what the page of the server does.
using System.Management.Automation;
using System.Text.RegularExpressions;
using MailAdmin.PowerShell.Sessions;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Authentication;

public sealed partial class BrowserCmdletTests : IAsyncLifetime
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell = new();
    private readonly FakeBrowser _browser = new();
    private readonly TaskCompletionSource<Uri> _page = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningSandbox _running = null!;

    public async ValueTask InitializeAsync()
    {
        // No test opens a real one.
        Environment.SetEnvironmentVariable("BROWSER", Path.Combine(Path.GetTempPath(), "no-such-browser"));
        _running = await SandboxHost.StartAsync(_server);
        _shell.SetVariable("address", _running.BaseUri.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("BROWSER", null);
        _browser.Dispose();
        _shell.Dispose();
        await _running.DisposeAsync();
    }

    [Fact]
    public async Task A_person_signs_in_on_the_page_and_the_session_is_renewed_as_any_other()
    {
        using PS ps = Create("$DebugPreference = $VerbosePreference = 'Continue'; Connect-MailServer $address -Browser -PassThru");
        IAsyncResult connecting = ps.BeginInvoke();
        Uri page = await _page.Task.WaitAsync(s_timeout, TestContext.Current.CancellationToken);
        // The page is on the address the user gave, not on the one the server claims.
        page.Authority.ShouldBe(_running.BaseUri.Authority);
        Uri back = await _browser.SignInAsync(page, "admin", HostedShell.SandboxPassword);
        (await _browser.GoAsync(back)).Page.ShouldContain("You can close this window");
        PSDataCollection<PSObject> output = await Task.Factory.FromAsync(connecting, ps.EndInvoke);

        ps.Streams.Error.ShouldBeEmpty();
        var connection = (MailConnection)output.ShouldHaveSingleItem().BaseObject;
        (connection.UserName, connection.TokenExpires is not null).ShouldBe(("admin", true));
        string code = Code().Match(back.Query).Groups[1].Value;
        code.Length.ShouldBeGreaterThan(20);
        string shown = string.Join('\n', [.. ps.Streams.Information.Select(one => one.ToString()), .. ps.Streams.Verbose.Select(one => one.Message), .. ps.Streams.Debug.Select(one => one.Message), .. ps.Streams.Warning.Select(one => one.Message)]);
        shown.ShouldContain("/login?");
        shown.ShouldNotContain(code);
        shown.ShouldNotContain(HostedShell.SandboxPassword);

        // The next call finds its token ended, and gets another one.
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.ExpireToken, Path = "/jmap", Count = 1 });
        _shell.Run("(Get-MailPrincipal -Type Domain).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldContain("example.org");
        _server.RequestLog.Count(line => line.Contains("/auth/token", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Where_no_browser_can_be_opened_the_page_and_the_other_way_are_told()
    {
        using PS ps = Create("Connect-MailServer $address -Browser");
        IAsyncResult connecting = ps.BeginInvoke();
        Uri page = await _page.Task.WaitAsync(s_timeout, TestContext.Current.CancellationToken);
        await _browser.GoAsync(FakeBrowser.CreateRedirect(page, ("error", "server_error")));
        await Task.Factory.FromAsync(connecting, ps.EndInvoke);
        ps.Streams.Error.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("OAuthError");
        ps.Streams.Warning.ShouldHaveSingleItem().Message.ShouldContain("-DeviceCode");
        _shell.Run("Get-MailConnection").ShouldHaveNoErrors().Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_and_nothing_listens_any_more()
    {
        using PS ps = Create("Connect-MailServer $address -Browser");
        IAsyncResult connecting = ps.BeginInvoke();
        Uri page = await _page.Task.WaitAsync(s_timeout, TestContext.Current.CancellationToken);
        await Task.Factory.FromAsync(ps.BeginStop, ps.EndStop, null).WaitAsync(s_timeout, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<PipelineStoppedException>(Task.Factory.FromAsync(connecting, ps.EndInvoke));
        await Should.ThrowAsync<HttpRequestException>(_browser.GoAsync(FakeBrowser.CreateRedirect(page, ("code", "late"))));
    }

    [Fact]
    public async Task An_older_server_is_refused_by_name()
    {
        await using RunningSandbox older = await SandboxHost.StartAsync(HostedShell.CreateServer(), cancellationToken: TestContext.Current.CancellationToken);
        _shell.SetVariable("older", older.BaseUri.ToString());
        ErrorRecord error = _shell.Run("Connect-MailServer $older -Browser").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.Exception.Message.ShouldContain("-DeviceCode");
    }

    private PS Create(string script)
    {
        var ps = PS.Create(_shell.Runspace);
        ps.AddScript(script);
        ps.Streams.Information.DataAdded += (_, e) =>
        {
            if (Page().Match(ps.Streams.Information[e.Index].ToString()) is { Success: true } match)
            {
                _page.TrySetResult(new Uri(match.Value));
            }
        };
        return ps;
    }

    [GeneratedRegex(@"http://\S+/login\?\S+")]
    private static partial Regex Page();

    [GeneratedRegex(@"[?&]code=([^&]+)")]
    private static partial Regex Code();
}
