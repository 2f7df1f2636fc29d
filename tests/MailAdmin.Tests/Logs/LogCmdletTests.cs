// The server's log through the cmdlet: backwards from the sandbox, followed on a clock that needs no sleep.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Logs;

public sealed class LogCmdletTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public LogCmdletTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    private MailLogEntry[] Log(string arguments = "") => _shell.Run($"Get-MailServerLog {arguments}").ShouldHaveNoErrors().OutputAs<MailLogEntry>();

    [Fact]
    public void The_newest_entries_come_first_and_are_filtered_and_paged()
    {
        _shell.Run("1..40 | ForEach-Object { $null = Get-MailQueueStatus }; Get-MailPrincipal nobody -ErrorAction Ignore").ShouldHaveNoErrors();
        MailLogEntry[] all = Log();
        all.Length.ShouldBe(100);
        all.Select(e => e.Timestamp).ShouldBe(all.Select(e => e.Timestamp).OrderDescending());
        Log("-First 3").Length.ShouldBe(3);
        MailLogEntry[] some = Log("-Text /api/queue/status -First 10");
        some.ShouldAllBe(e => e.EventId == "http.request-url" && Equals(e.Data["url"], "/api/queue/status"));
        Log("-Text /api/queue/status -First 4 -Skip 6").ShouldBe(some.Skip(6).Take(4));
        Log("-Level Debug -EventId HTTP.request-* -First 50").Count(e => e.Details.Contains("/api/queue/status", StringComparison.Ordinal)).ShouldBeGreaterThan(30);
        Log("-EventId *not-found -First 1").Single().EventId.ShouldBe("manage.not-found");
        Log("-Level Error").ShouldAllBe(e => e.Level >= LogLevel.Error);
        Log("-Level info").ShouldAllBe(e => e.Level >= LogLevel.Info);
        _shell.Run("Get-MailServerLog -First 1 -IncludeTotalCount").ShouldHaveNoErrors().Output.Select(o => o.BaseObject).OfType<ulong>().ShouldBe([18UL]);
        MailLogEntry[] important = _shell.Run("Get-MailServerLog -First 5000 | Where-Object Level -ge 'Info'").ShouldHaveNoErrors().OutputAs<MailLogEntry>();
        important.ShouldNotBeEmpty();
        important.ShouldAllBe(e => e.Level >= LogLevel.Info);
    }

    [Theory]
    [InlineData("Get-MailServerLog ''")]
    [InlineData("Get-MailServerLog ' '")]
    [InlineData("Get-MailServerLog $undefined")]
    [InlineData("Get-MailServerLog -Text auth*")]
    [InlineData("Get-MailServerLog -Level ''")]
    [InlineData("Get-MailServerLog -Level $undefined")]
    [InlineData("Get-MailServerLog -Level Loud")]
    [InlineData("Get-MailServerLog -EventId ''")]
    [InlineData("Get-MailServerLog -EventId $undefined")]
    [InlineData("Get-MailServerLog -Wait -First 5")]
    [InlineData("Get-MailServerLog -Wait -Skip 5")]
    [InlineData("Get-MailServerLog -Tail 5 -First 5")]
    [InlineData("Get-MailServerLog -Wait -PollSeconds 0")]
    [InlineData("Get-MailServerLog -Wait -MaxEvents 0")]
    public void Nothing_is_sent_for_what_is_empty_or_misunderstood(string script)
    {
        int before = _server.RequestCount;
        _shell.Run(script).Errors.ShouldNotBeEmpty();
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Following_shows_what_happens_and_not_itself()
    {
        using var other = HostedShell.CreateConnected(_server);
        // The text is in the address of each poll too, and in no renewal of the other connection's token.
        using PS following = Begin("Get-MailServerLog -Wait -Tail 0 -Text /api/queue/status -MaxEvents 4", out PSDataCollection<PSObject> output);
        // The first look is answered when the second one comes: what happens in between may still be part of what was there before.
        int looks = _server.RequestCount;
        WaitUntil(() => _server.RequestCount > looks);
        for (int i = 0; i < 4; i++)
        {
            int seen = output.Count;
            other.Run("$null = Get-MailQueueStatus").ShouldHaveNoErrors();
            WaitUntil(() => output.Count > seen);
        }
        WaitUntil(() => following.InvocationStateInfo.State == PSInvocationState.Completed);
        output.Select(o => ((MailLogEntry)o.BaseObject).Data["url"]).ShouldBe(Enumerable.Repeat("/api/queue/status", 4));
        following.Streams.Error.ShouldBeEmpty();
        following.Streams.Warning.ShouldBeEmpty();
    }

    [Fact]
    public void Following_does_not_show_that_its_own_token_is_renewed()
    {
        using PS following = Begin("Get-MailServerLog -Wait -Tail 0 -Text http.request-url -MaxEvents 2", out PSDataCollection<PSObject> output);
        _server.Clock.Advance(TimeSpan.FromHours(1));
        WaitUntil(() => _server.RequestLog.Count(line => line.StartsWith("POST /auth/token", StringComparison.Ordinal)) > 1);
        using var other = HostedShell.CreateConnected(_server);
        WaitUntil(() => following.InvocationStateInfo.State == PSInvocationState.Completed);
        // Somebody else's sign-in is shown.
        output.Select(o => ((MailLogEntry)o.BaseObject).Data["url"]).ShouldBe(["/api/discover/x", "/api/oauth"]);
        following.Streams.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("-Text /api/queue/status -First 2", 2)]
    [InlineData("-Text /api/queue/status", 3)]
    [InlineData("-Text /api/queue/status -Level Debug", 3)]
    [InlineData("-Text /api/queue/status -Skip 1 -First 1", 1)]
    [InlineData("-Text mailadmin=", 0)]
    public void What_a_search_asks_is_not_among_what_it_finds(string arguments, int count)
    {
        _shell.Run("1..3 | ForEach-Object { $null = Get-MailQueueStatus }").ShouldHaveNoErrors();
        MailLogEntry[] found = Log(arguments);
        found.Length.ShouldBe(count);
        found.ShouldAllBe(e => Equals(e.Data["url"], "/api/queue/status"));
        // Another question of the same connection is part of the log.
        Log("-Text /api/logs -First 1").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("0.13")]
    [InlineData("0.15")]
    public void Nor_is_the_sign_in_that_the_server_logs_with_it(string version)
    {
        var server = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, ServerVersion = version });
        using var shell = HostedShell.CreateConnected(server);
        MailLogEntry[] newest = shell.Run("$null = Get-MailQueueStatus; Get-MailServerLog -First 4").ShouldHaveNoErrors().OutputAs<MailLogEntry>();
        newest.Select(e => e.EventId).ShouldBe(["http.connection-end", "auth.success", "http.request-url", "http.connection-start"]);
        newest[2].Data["url"].ShouldBe("/api/queue/status");
    }

    [Fact]
    public void Following_ends_with_its_time()
    {
        using PS following = Begin("Get-MailServerLog -Wait -Tail 3 -TimeoutSeconds 60", out PSDataCollection<PSObject> output);
        PSDataCollection<PSObject> given = output;
        WaitUntil(() => given.Count == 3, advance: false);
        WaitUntil(() => following.InvocationStateInfo.State == PSInvocationState.Completed);
        following.Streams.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("while ($true) { Get-MailServerLog -Wait -Tail 5 | ForEach-Object { $_; break } }", 1)]
    [InlineData("Get-MailServerLog -Wait -Tail 5 -MaxEvents 3", 3)]
    public void The_end_of_the_pipeline_ends_the_following(string script, int count) => _shell.Run(script).ShouldHaveNoErrors().Output.Count.ShouldBe(count);

    [Fact]
    public void Control_C_ends_the_following()
    {
        using PS following = Begin("Get-MailServerLog -Wait -Tail 1", out PSDataCollection<PSObject> output);
        WaitUntil(() => output.Count == 1);
        following.Stop();
        following.InvocationStateInfo.State.ShouldBe(PSInvocationState.Stopped);
        following.Streams.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_overlap_is_a_warning_before_what_follows()
    {
        var log = new FakeLog(new AutoAdvancingTime(DateTimeOffset.UnixEpoch));
        log.Add(1, "old");
        log.BeforeRead = look =>
        {
            if (look == 2)
            {
                log.Lines.Clear();
                log.Add(50, "new");
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        ScriptResult run = shell.Run("Get-MailServerLog -Wait -MaxEvents 2 3>&1").ShouldHaveNoErrors();
        run.Output.Select(o => o.BaseObject is MailLogEntry entry ? entry.Details : o.BaseObject.GetType().Name).ShouldBe(["old", "WarningRecord", "new"]);
    }

    [Fact]
    public async Task Where_no_log_is_written_the_advice_says_what_makes_one()
    {
        var server = new FakeServer(_ => TestResponses.Json(System.Net.HttpStatusCode.OK, """{"error":"unsupported","details":"…"}"""));
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        ErrorRecord error = shell.Run("Get-MailServerLog").Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.ErrorDetails.RecommendedAction.ShouldContain("tracer");
    }

    [Fact]
    public void The_views_fit_and_tell_and_names_are_completed()
    {
        string shown = _shell.Render("Get-MailServerLog -EventId http.request-url -First 2");
        shown.ShouldContain("http.request-url");
        shown.ShouldNotContain("listenerId");
        _shell.SetVariable("line", "Get-MailServerLog -EventId http.req");
        _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["http.request-url"]);
        _shell.SetVariable("line", "Get-MailServerLog -Level W");
        _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText").ShouldHaveNoErrors().OutputAs<string>().ShouldBe(["Warn"]);
    }

    private PS Begin(string script, out PSDataCollection<PSObject> output)
    {
        var shell = PS.Create(_shell.Runspace);
        shell.AddScript(script);
        output = [];
        int before = _server.RequestCount;
        shell.BeginInvoke<PSObject, PSObject>(null, output);
        // Its first look is what everything after it counts from.
        WaitUntil(() => _server.RequestCount > before, advance: false);
        return shell;
    }

    // Each moment of ours is a second of the server's.
    private void WaitUntil(Func<bool> reached, bool advance = true)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!reached())
        {
            watch.Elapsed.ShouldBeLessThan(s_timeout);
            if (advance)
            {
                _server.Clock.Advance(TimeSpan.FromSeconds(1));
            }
            Thread.Yield();
        }
    }
}
