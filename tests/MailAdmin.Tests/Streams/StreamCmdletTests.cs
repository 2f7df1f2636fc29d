// Live streams in the pipeline: objects while they arrive, and the socket's end with the pipeline's, however that comes about.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;
using PS = System.Management.Automation.PowerShell;

namespace MailAdmin.Tests.Streams;

public sealed class StreamCmdletTests : IAsyncLifetime
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
    private RunningSandbox _running = null!;

    public static TheoryData<string, string> Streams => new MatrixTheoryData<string, string>(
        ["memory", "socket"], ["Watch-MailTrace", "Watch-MailMetric -IntervalSeconds 1", "Test-MailDelivery dean@campus.example"]);

    public async ValueTask InitializeAsync() => _running = await SandboxHost.StartAsync(_server, cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    [Theory]
    [MemberData(nameof(Streams))]
    public void Control_C_ends_the_stream_at_once(string transport, string command)
    {
        using HostedShell shell = Connect(transport);
        using PS running = Start(shell, $"{command} | ForEach-Object {{ $_ }}");
        ShouldDisconnect(() => running.Stop());
        running.InvocationStateInfo.State.ShouldBe(PSInvocationState.Stopped);
        running.Streams.Error.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_closed_runspace_ends_the_stream_at_once(string transport, string command)
    {
        using HostedShell shell = Connect(transport);
        using PS running = Start(shell, command);
        ShouldDisconnect(shell.Runspace.Close);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Break_ends_the_stream_at_once(string transport, string command)
    {
        using HostedShell shell = Connect(transport);
        ScriptResult run = null!;
        ShouldDisconnect(() => { }, () => run = shell.Run($"while ($true) {{ {command} | ForEach-Object {{ $_; break }} }}"));
        run.ShouldHaveNoErrors().Output.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void MaxEvents_ends_the_stream_at_once(string transport, string command)
    {
        using HostedShell shell = Connect(transport);
        ScriptResult run = null!;
        ShouldDisconnect(() => { }, () => run = shell.Run($"{command} -MaxEvents 1"));
        run.ShouldHaveNoErrors().Output.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("socket")]
    public void A_failing_command_further_on_ends_the_stream_at_once(string transport)
    {
        using HostedShell shell = Connect(transport);
        ScriptResult run = null!;
        ShouldDisconnect(() => { }, () => run = shell.Run("Watch-MailMetric | ForEach-Object { throw 'enough' }"));
        run.Terminated.ShouldBeTrue();
        run.Errors.ShouldHaveSingleItem().ToString().ShouldBe("enough");
    }

    [Fact]
    public void TimeoutSeconds_goes_by_the_clock_of_the_connection_and_is_no_error()
    {
        using HostedShell shell = Connect("memory");
        using PS running = Start(shell, "Watch-MailTrace -Text nothing-has-this -TimeoutSeconds 3600");
        ShouldDisconnect(() => _server.Clock.Advance(TimeSpan.FromSeconds(3601)));
        WaitUntil(() => running.InvocationStateInfo.State == PSInvocationState.Completed);
        running.Streams.Error.ShouldBeEmpty();
    }

    [Fact]
    public void A_delivery_test_that_takes_too_long_says_where_it_stood()
    {
        using HostedShell shell = Connect("memory");
        using PS running = Start(shell, "Test-MailDelivery dean@campus.example -TimeoutSeconds 5");
        ShouldDisconnect(() => _server.Clock.Advance(TimeSpan.FromSeconds(6)));
        WaitUntil(() => running.InvocationStateInfo.State == PSInvocationState.Completed);
        ErrorRecord error = running.Streams.Error.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("TimedOut");
        error.ToString().ShouldContain("mxLookupStart");
        error.TargetObject.ShouldBe("dean@campus.example");
    }

    [Fact]
    public void A_stream_that_is_cut_goes_on_and_says_so()
    {
        using HostedShell shell = Connect("memory");
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Truncate, Path = "/api/telemetry/metrics/live", Count = 1, Events = 1 });
        ScriptResult run = shell.Run("Watch-MailMetric queue.count -IntervalSeconds 1 -MaxEvents 2 -Verbose").ShouldHaveNoErrors();
        run.Output.Count.ShouldBe(2);
        run.Verbose.ShouldContain(record => record.Message.Contains("opened again"));
        _server.StreamsOpened.ShouldBe(2);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("socket")]
    public void What_is_thrown_while_the_stream_is_awaited_ends_it_and_is_what_is_told(string transport)
    {
        using HostedShell shell = Connect(transport);
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Truncate, Path = "/api/telemetry/metrics/live", Count = 1, Events = 1 });
        ScriptResult run = shell.Run("Watch-MailMetric queue.count -IntervalSeconds 1 -Verbose 4>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.VerboseRecord]) { throw 'enough' } }");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldBe("enough");
        WaitUntil(() => _server.OpenStreams == 0);
    }

    [Fact]
    public void A_community_server_answers_with_one_error_that_says_so()
    {
        using var shell = HostedShell.CreateConnected(HostedShell.CreateServer());
        foreach (string command in new[] { "Watch-MailTrace", "Watch-MailMetric" })
        {
            ErrorRecord error = shell.Run(command).Errors.ShouldHaveSingleItem();
            error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
            error.ErrorDetails.RecommendedAction.ShouldContain("Enterprise");
        }
    }

    [Fact]
    public void What_the_server_would_ignore_is_refused_before_anything_is_sent()
    {
        using var shell = HostedShell.CreateConnected(_server);
        int before = _server.RequestCount;
        foreach (string command in new[] { "Watch-MailTrace -Value @{ queueId = 1 }", "Watch-MailTrace ' '", "Watch-MailTrace -Value @{}", "Watch-MailTrace -From $null", "Watch-MailTrace -Domain *.example", "Watch-MailTrace -Value @{ bogus = 1 }", "Watch-MailMetric '['", "Watch-MailTrace x -From y", "Watch-MailMetric -IntervalSeconds 0" })
        {
            shell.Run(command).Errors.ShouldHaveSingleItem();
        }
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void A_delivery_is_shown_in_stages_with_the_verdict_last()
    {
        using var shell = HostedShell.CreateConnected(_server);
        string shown = shell.Render("Test-MailDelivery info@customers.example");
        shown.ShouldContain("MxLookup");
        shown.TrimEnd().Split('\n')[^1].ShouldContain("info@customers.example");
        MailDeliveryStage[] stages = shell.Run("Test-MailDelivery Info@Customers.example").ShouldHaveNoErrors().OutputAs<MailDeliveryStage>();
        stages[^1].Outcome.ShouldBe(DeliveryOutcome.Succeeded);
        stages[^1].Summary.ShouldNotBeNull().Success.ShouldBeTrue();
        stages.ShouldContain(stage => stage.MtaSts != null);
        stages.ShouldContain(stage => stage.Tlsa.Count > 0);
    }

    [Theory]
    [InlineData("gone@leavers.example", "RcptTo")]
    [InlineData("info@renewed.example", "DaneVerify")]
    [InlineData("info@moved.example", "MtaStsVerify")]
    [InlineData("info@plaintext.example", "StartTls")]
    [InlineData("info@oldfirm.example", "Connection")]
    public void A_failed_test_names_the_step(string target, string step)
    {
        using var shell = HostedShell.CreateConnected(_server);
        shell.SetVariable("target", target);
        MailDeliverySummary summary = shell.Run("Test-MailDelivery $target -Summary").ShouldHaveNoErrors().OutputAs<MailDeliverySummary>().Single();
        summary.Success.ShouldBeFalse();
        summary.Step.ShouldBe(DeliveryStep.Parse(step));
    }

    [Fact]
    public void Recipients_of_queued_messages_accounts_and_domains_are_targets()
    {
        using var shell = HostedShell.CreateConnected(_server);
        MailDeliverySummary[] queued = shell.Run("Get-MailQueueMessage -To partner.example -First 2 | Test-MailDelivery -Summary").ShouldHaveNoErrors().OutputAs<MailDeliverySummary>();
        MailDeliverySummary[] partner = [.. queued.Where(summary => summary.Target.EndsWith("partner.example", StringComparison.Ordinal))];
        partner.ShouldNotBeEmpty();
        partner.ShouldAllBe(summary => !summary.Success && summary.Step == DeliveryStep.RcptTo);
        MailDeliverySummary[] own = shell.Run("Get-MailPrincipal jane.doe, example.org | Test-MailDelivery -Summary").ShouldHaveNoErrors().OutputAs<MailDeliverySummary>();
        own.Select(summary => summary.Target).ShouldBe(["jane.doe@example.org", "example.org"]);
        own.ShouldAllBe(summary => summary.Success);
        shell.Run("'gone@leavers.example', 'info@customers.example' | ForEach-Object { [pscustomobject]@{ Email = $_ } } | Test-MailDelivery -Quiet").ShouldHaveNoErrors().OutputAs<bool>().ShouldBe([false, true]);
    }

    [Fact]
    public void What_is_no_place_is_one_error_and_the_others_are_tested()
    {
        using var shell = HostedShell.CreateConnected(_server);
        ScriptResult run = shell.Run("'a b', 'info@customers.example', '*@example.org' | Test-MailDelivery -Quiet");
        run.OutputAs<bool>().ShouldBe([true]);
        run.Errors.Select(e => e.TargetObject).ShouldBe(["a b", "*@example.org"]);
        run.Errors.ShouldAllBe(e => e.FullyQualifiedErrorId.StartsWith("RejectedByClient"));
    }

    [Fact]
    public void Events_and_measurements_are_objects_with_a_view()
    {
        using var shell = HostedShell.CreateConnected(_server);
        MailMetric[] metrics = shell.Run("Watch-MailMetric queue.count, user.count -MaxEvents 2").ShouldHaveNoErrors().OutputAs<MailMetric>();
        metrics.Select(metric => metric.Id).Order().ShouldBe(["queue.count", "user.count"]);
        metrics.ShouldAllBe(metric => metric.Value > 0 && metric.Timestamp != null);
        shell.Run("Watch-MailMetric q*.count -MaxEvents 1").ShouldHaveNoErrors().OutputAs<MailMetric>().ShouldHaveSingleItem().Id.ShouldBe("queue.count");
        shell.Run("Watch-MailTrace -MaxEvents 5").ShouldHaveNoErrors().OutputAs<MailTraceEvent>().Length.ShouldBe(5);
    }

    [Fact]
    public void Measurements_name_what_is_watched()
    {
        using var shell = HostedShell.CreateConnected(_server);
        MailMetric[] metrics = shell.Run("Watch-MailMetric user.count, queue.count -MaxEvents 2 | Watch-MailMetric -MaxEvents 2").ShouldHaveNoErrors().OutputAs<MailMetric>();
        metrics.Select(metric => metric.Id).Order().ShouldBe(["queue.count", "user.count"]);
        shell.Run("Watch-MailMetric queue.cout -TimeoutSeconds 1").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("queue.cout");
        shell.Run("1 | Watch-MailMetric -ErrorAction SilentlyContinue").Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_failure_can_be_silenced()
    {
        using var shell = HostedShell.CreateConnected(HostedShell.CreateServer());
        shell.Run("Watch-MailTrace -ErrorAction SilentlyContinue; Get-MailMetric -ErrorAction SilentlyContinue; 'on'").OutputAs<string>().ShouldBe(["on"]);
    }

    private HostedShell Connect(string transport)
    {
        if (transport == "memory")
        {
            return HostedShell.CreateConnected(_server);
        }
        var shell = new HostedShell();
        shell.SetVariable("credential", new PSCredential("admin", new NetworkCredential("", HostedShell.SandboxPassword).SecurePassword));
        shell.SetVariable("uri", _running.BaseUri);
        shell.Run("Connect-MailServer $uri -Credential $credential").ShouldHaveNoErrors();
        return shell;
    }

    // A stream that is open: the server has said so.
    private PS Start(HostedShell shell, string script)
    {
        var running = PS.Create(shell.Runspace);
        running.AddScript(script);
        running.BeginInvoke();
        WaitUntil(() => _server.OpenStreams == 1);
        return running;
    }

    // After the act the server must see the caller leave: nothing else would end the stream.
    private void ShouldDisconnect(Action act, Action? before = null)
    {
        before?.Invoke();
        act();
        WaitUntil(() => _server.OpenStreams == 0);
        _server.StreamsOpened.ShouldBeGreaterThan(0);
    }

    private static void WaitUntil(Func<bool> until) => SpinWait.SpinUntil(until, s_timeout).ShouldBeTrue("it took too long");
}
