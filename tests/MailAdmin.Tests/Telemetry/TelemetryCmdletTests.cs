// Metrics and traces through the cmdlets: the licensed sample organisation, and what servers without a licence or a store say.
using System.Management.Automation;
using System.Net;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Telemetry;

public sealed class TelemetryCmdletTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword, Enterprise = true });
    private readonly HostedShell _shell;

    public TelemetryCmdletTests() => _shell = HostedShell.CreateConnected(_server);

    public void Dispose() => _shell.Dispose();

    private MailTrace[] Traces(string arguments = "") => _shell.Run($"Get-MailTrace {arguments}").ShouldHaveNoErrors().OutputAs<MailTrace>();

    private string[] Sent(string script, bool fails)
    {
        int before = _server.RequestCount;
        ScriptResult run = _shell.Run(script);
        (run.Errors.Count > 0).ShouldBe(fails, script);
        return [.. _server.RequestLog.Skip(before)];
    }

    [Fact]
    public void Traces_are_listed_paged_and_counted()
    {
        MailTrace[] all = Traces();
        all.Length.ShouldBeGreaterThan(5);
        all.Select(t => t.SpanId).ShouldBeUnique();
        all.ShouldAllBe(t => t.Type != null && t.Created != null);
        Traces("-First 3 -Skip 2").Select(t => t.SpanId).ShouldBe(all.Skip(2).Take(3).Select(t => t.SpanId));
        _shell.Run("while ($true) { Get-MailTrace | ForEach-Object { $_; break } }").ShouldHaveNoErrors().Output.Count.ShouldBe(1);
        _shell.Run("Get-MailTrace -First 1 -IncludeTotalCount").ShouldHaveNoErrors().Output.Select(o => o.BaseObject).OfType<ulong>().Single().ShouldBeGreaterThanOrEqualTo((ulong)all.Length);
        Traces("-Type DELIVERY.attempt-start").ShouldAllBe(t => t.Type == "delivery.attempt-start");
        Traces("-Type delivery.attempt-start").Length.ShouldBe(all.Count(t => t.Type == "delivery.attempt-start"));
        string domain = all[0].To[0].Split('@')[1];
        Traces($"-Text {domain}").Select(t => t.SpanId).ShouldContain(all[0].SpanId);
        DateTimeOffset middle = all.Select(t => t.Created!.Value).Order().ElementAt(all.Length / 2);
        _shell.SetVariable("middle", middle);
        Traces("-After $middle").ShouldAllBe(t => t.Created >= middle);
        (Traces("-After $middle").Length + Traces("-Before $middle").Length).ShouldBe(all.Length);
    }

    [Fact]
    public void The_traces_of_queued_messages_follow_them_through_the_pipeline()
    {
        MailQueueMessage[] queue = [.. _shell.Run("Get-MailQueueMessage").ShouldHaveNoErrors().OutputAs<MailQueueMessage>().Take(4)];
        _shell.SetVariable("queue", queue);
        MailTrace[] traces = _shell.Run("$queue | Get-MailTrace").ShouldHaveNoErrors().OutputAs<MailTrace>();
        MailTrace[] oneByOne = [.. queue.SelectMany(m => Traces($"-QueueId {m.Id}"))];
        traces.ShouldNotBeEmpty();
        traces.Select(t => t.SpanId).ShouldBe(oneByOne.Select(t => t.SpanId));
        traces.Select(t => t.QueueId).ShouldContain(queue[0].Id);
        _shell.Run("$queue | Get-MailTrace -Skip 1 -First 1").ShouldHaveNoErrors().OutputAs<MailTrace>().Single().SpanId.ShouldBe(traces[1].SpanId);
        _shell.SetVariable("id", queue[0].Id);
        _shell.Run("foreach ($trace in Get-MailTrace -QueueId $id) { ($trace | Get-MailTraceEvent).QueueId -contains $id }").ShouldHaveNoErrors().OutputAs<bool>().ShouldAllBe(names => names);
        _shell.Run("[pscustomobject]@{ QueueId = \"$($queue[0].Id)\" } | Get-MailTrace").ShouldHaveNoErrors();
    }

    [Fact]
    public void A_trace_tells_its_events_in_order_and_each_knows_its_trace()
    {
        MailTrace trace = Traces("-Type delivery.attempt-start")[0];
        _shell.SetVariable("trace", trace);
        MailTraceEvent[] events = _shell.Run("$trace | Get-MailTraceEvent").ShouldHaveNoErrors().OutputAs<MailTraceEvent>();
        events.Length.ShouldBeGreaterThan(1);
        events.ShouldAllBe(e => e.SpanId == trace.SpanId && e.Text != null);
        events.Select(e => e.Created).ShouldBeInOrder();
        events[0].Type.ShouldBe("delivery.attempt-start");
        _shell.Run($"Get-MailTraceEvent {trace.SpanId}; Get-MailTraceEvent '{trace.SpanId}'; [pscustomobject]@{{ SpanId = {trace.SpanId} }} | Get-MailTraceEvent; ($trace | Get-MailTraceEvent)[0] | Get-MailTraceEvent")
            .ShouldHaveNoErrors().Output.Count.ShouldBe(4 * events.Length);
        // Ordinary PowerShell reads the data.
        _shell.Run("($trace | Get-MailTraceEvent)[0].Data.queueId").ShouldHaveNoErrors().Output.Single().BaseObject.ShouldBe((long)trace.QueueId!);
        _shell.Run("($trace | Get-MailTraceEvent)[0].Data.Keys").ShouldHaveNoErrors().OutputAs<string>().ShouldContain("queueId");
    }

    [Fact]
    public void An_unknown_trace_is_one_error_and_the_rest_go_on()
    {
        MailTrace trace = Traces()[0];
        ScriptResult run = _shell.Run($"18446744073709551615, {trace.SpanId} | Get-MailTraceEvent");
        run.Output.ShouldNotBeEmpty();
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
        error.TargetObject.ShouldBe(ulong.MaxValue);
        error.ErrorDetails.RecommendedAction.ShouldContain("Get-MailTrace");
    }

    [Theory]
    [InlineData("Get-MailTrace -Text ''")]
    [InlineData("Get-MailTrace -Text ' '")]
    [InlineData("Get-MailTrace -Text $undefined")]
    [InlineData("Get-MailTrace -Text jane*")]
    [InlineData("Get-MailTrace -Type delivery.*")]
    [InlineData("Get-MailTrace -Type ''")]
    [InlineData("Get-MailTrace -Type delivery.atempt-start")]
    [InlineData("Get-MailTrace -Type queue.queue-message")]
    [InlineData("Get-MailTrace -QueueId $undefined")]
    [InlineData("Get-MailTrace -QueueId 5")]
    [InlineData("Get-MailTrace -QueueId 3.42084653895266304e17")]
    [InlineData("Get-MailTrace -After $undefined")]
    [InlineData("Get-MailTrace -After 2026-11-02 -Before 2026-11-01")]
    [InlineData("[pscustomobject]@{ Name = 'jane' } | Get-MailTrace")]
    [InlineData("[pscustomobject]@{ QueueId = $null } | Get-MailTrace")]
    [InlineData("[pscustomobject]@{ QueueId = '' } | Get-MailTrace")]
    [InlineData("'jane' | Get-MailTrace")]
    [InlineData("Get-MailTraceEvent")]
    [InlineData("Get-MailTraceEvent ''")]
    [InlineData("Get-MailTraceEvent jane")]
    [InlineData("Get-MailTraceEvent $undefined")]
    [InlineData("Get-MailTraceEvent 1.5")]
    [InlineData("Get-MailTraceEvent -1")]
    [InlineData("[pscustomobject]@{ Id = 342084653895266304 } | Get-MailTraceEvent")]
    [InlineData("[pscustomobject]@{ SpanId = $null } | Get-MailTraceEvent")]
    [InlineData("Get-MailMetric -Id ''")]
    [InlineData("Get-MailMetric -Id $undefined")]
    [InlineData("Get-MailMetric -Before $undefined")]
    [InlineData("Get-MailMetric -After 2026-11-02 -Before 2026-11-01")]
    public void Nothing_is_sent_for_what_is_empty_or_misunderstood(string script)
    {
        // A mandatory parameter asks where somebody is there; nobody is.
        Sent(script, fails: true).ShouldBeEmpty();
    }

    [Fact]
    public void Metrics_of_the_past_are_chosen_by_time_and_name()
    {
        _server.Clock.Advance(TimeSpan.FromHours(3));
        MailMetric[] all = _shell.Run("Get-MailMetric").ShouldHaveNoErrors().OutputAs<MailMetric>();
        all.ShouldNotBeEmpty();
        all.ShouldAllBe(m => m.Timestamp != null);
        all.Select(m => m.Kind).Distinct().Count().ShouldBe(3);
        _shell.Run("Get-MailMetric queue.c*, DOMAIN.count").ShouldHaveNoErrors().OutputAs<MailMetric>().Select(m => m.Id).Distinct().ShouldBe(["queue.count", "domain.count"], ignoreOrder: true);
        DateTimeOffset last = all.Max(m => m.Timestamp!.Value);
        _shell.SetVariable("last", last);
        MailMetric[] late = _shell.Run("Get-MailMetric -After $last").ShouldHaveNoErrors().OutputAs<MailMetric>();
        late.ShouldNotBeEmpty();
        late.ShouldAllBe(m => m.Timestamp == last);
        _shell.Run("(Get-MailMetric queue.count | ForEach-Object Value)[0]").ShouldHaveNoErrors().Output.Single().BaseObject.ShouldBeOfType<long>();
    }

    [Theory]
    [InlineData("Get-MailMetric")]
    [InlineData("Get-MailTrace")]
    [InlineData("Get-MailTraceEvent 342084653895266304")]
    public void Without_a_licence_there_is_one_error_that_says_so(string script)
    {
        using var shell = HostedShell.CreateConnected(HostedShell.CreateServer());
        ErrorRecord error = shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("Unsupported");
        error.ToString().ShouldContain("Enterprise licence");
        error.ErrorDetails.RecommendedAction.ShouldNotContain("Set-MailSetting");
        error.ErrorDetails.RecommendedAction.ShouldContain("Stalwart Enterprise");
    }

    [Theory]
    [InlineData("Get-MailMetric", "RejectedByServer", "other", "metrics.history")]
    [InlineData("Get-MailTrace", "Unsupported", "unsupported", "tracing.history")]
    [InlineData("Get-MailTraceEvent 342084653895266304", "Unsupported", "unsupported", "tracing.history")]
    public async Task With_a_licence_and_no_store_the_advice_names_its_settings(string script, string id, string word, string settings)
    {
        var server = new FakeServer(_ => TestResponses.Json(HttpStatusCode.OK, $$"""{"error":"{{word}}","details":"…","reason":null}""")) { IsEnterprise = true };
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        ErrorRecord error = shell.Run(script).Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith(id);
        error.ToString().ShouldNotContain("licence");
        error.ErrorDetails.RecommendedAction.ShouldContain(settings);
    }

    [Fact]
    public async Task From_0_15_a_list_of_the_last_day_says_so()
    {
        var server = new FakeServer(_ => TestResponses.Data("""{"items":[],"total":0}""")) { IsEnterprise = true, Version = "0.15.5" };
        using MailClient client = await server.ConnectAsync();
        using var shell = new HostedShell();
        shell.Connect(client);
        ScriptResult open = shell.Run("Get-MailTrace -Type delivery.attempt-start -Verbose").ShouldHaveNoErrors();
        open.Verbose.ShouldContain(record => record.Message.Contains("24 hours", StringComparison.Ordinal));
        open.Warnings.ShouldHaveSingleItem().Message.ShouldContain("-After");
        ScriptResult narrow = shell.Run("Get-MailTrace -Text x -Verbose; Get-MailTrace -QueueId 342084653895266304; Get-MailTrace -After (Get-Date).AddDays(-9)");
        narrow.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_views_fit_and_tell()
    {
        _server.Clock.Advance(TimeSpan.FromHours(2));
        _shell.Render("Get-MailMetric queue.count").ShouldContain("queue.count");
        string traces = _shell.Render("Get-MailTrace -First 3");
        traces.ShouldContain(Traces("-First 1")[0].SpanId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        traces.ShouldContain("@");
        string events = _shell.Render("Get-MailTrace -First 1 | Get-MailTraceEvent");
        events.ShouldContain("delivery.");
        events.ShouldContain("to ");
        (traces + events).ShouldNotContain("{MailAdmin");
        (traces + events).ShouldNotContain("System.Collections");
    }

    [Fact]
    public void Names_are_completed()
    {
        Complete("Get-MailMetric -Id queue").ShouldBe(["queue.count"]);
        Complete("Get-MailTrace -Type del").ShouldBe(["delivery.attempt-start"]);
        Complete("Get-MailTrace -QueueId ").ShouldNotBeEmpty();
    }

    private string[] Complete(string line)
    {
        _shell.SetVariable("line", line);
        return [.. _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches").ShouldHaveNoErrors().OutputAs<CompletionResult>().Select(c => c.CompletionText.Trim('\''))];
    }
}
