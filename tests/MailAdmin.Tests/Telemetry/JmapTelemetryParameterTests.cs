// Every parameter of the cmdlets of metrics and traces works on servers from 0.16 on or is refused by name: none is ignored in silence.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Telemetry;

public sealed class JmapTelemetryParameterTests : IDisposable
{
    private const string Metric = "Get-MailMetric";
    private const string Trace = "Get-MailTrace";
    private const string Event = "Get-MailTraceEvent";
    private const string WatchMetric = "Watch-MailMetric";
    private const string WatchTrace = "Watch-MailTrace";
    private const string Ignored = "it would ignore it and send every event";
    private static readonly string[] s_general = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", .. PSCmdlet.CommonParameters, .. PSCmdlet.OptionalCommonParameters];
    private static readonly string[] s_paging = ["First", "Skip", "IncludeTotalCount"];

    // $all are the traces of the sample organisation, $day those of the last 24 hours, $metrics the history of its metrics, $middle is a time among the traces, $hour one among the metrics.
    private static readonly JmapParameterUse[] s_uses =
    [
        Works(Metric, "Id", "delivery.attempt-start", "@($output).Count -eq @($metrics | Where-Object Id -eq delivery.attempt-start).Count -and @($output).Count -gt 0"),
        Works(Metric, "Id", "DELIVERY.*, server.memory", "@($output.Id) -contains 'server.memory' -and -not ($output.Id | Where-Object { $_ -ne 'server.memory' -and $_ -notlike 'delivery.*' })"),
        Works(Metric, "After", "-After $hour", "@($output).Count -eq @($metrics | Where-Object Timestamp -ge $hour).Count -and @($output).Count -lt $metrics.Count"),
        Works(Metric, "Before", "-Before $hour", "@($output).Count -eq @($metrics | Where-Object Timestamp -lt $hour).Count -and @($output).Count -gt 0"),

        Works(Trace, "QueueId", "-QueueId $all[0].QueueId", "@($output.SpanId) -contains $all[0].SpanId -and @($output).Count -lt $day.Count"),
        Works(Trace, "Type", "-Type Delivery.Attempt-Start", "@($output).Count -eq @($day | Where-Object Type -eq delivery.attempt-start).Count -and @($output).Count -lt $day.Count"),
        IsRefused(Trace, "Type", "-Type delivery.completed", "No trace begins with"),
        Works(Trace, "Text", "-Text partner.example", "@($output).Count -gt 0 -and @($output).Count -lt $all.Count"),
        IsRefused(Trace, "Text", "-Text 'partner*'", "contains a wildcard"),
        Works(Trace, "After", "-After $middle", "@($output).Count -eq @($all | Where-Object Created -ge $middle).Count -and @($output).Count -lt $all.Count"),
        Works(Trace, "Before", "-Before $middle", "@($output).Count -eq @($all | Where-Object Created -lt $middle).Count -and @($output).Count -gt 0"),
        Works(Trace, "First", "-First 3", "\"$output\" -eq \"$($all[0..2])\""),
        Works(Trace, "Skip", "-Skip 2 -First 2", "\"$output\" -eq \"$($all[2..3])\""),
        Works(Trace, "IncludeTotalCount", "-First 1 -IncludeTotalCount", "$output[0] -eq $day.Count"),
        Works(Trace, "IncludeTotalCount", "-First 1 -IncludeTotalCount -Before $middle", "$output[0] -eq @($all | Where-Object Created -lt $middle).Count"),

        Works(Event, "SpanId", "$all[0].SpanId", "$output.Count -gt 2 -and -not ($output.SpanId -ne $all[0].SpanId)"),
        Works(Event, "SpanId", "\"$($all[1].SpanId)\"", "-not ($output.SpanId -ne $all[1].SpanId)"),
        IsRefused(Event, "SpanId", "7", "There is no trace 7"),

        Works(WatchMetric, "Id", "queue.count, user.count -MaxEvents 2", "@($output.Id) -contains 'queue.count' -and @($output.Id) -contains 'user.count'"),
        Works(WatchMetric, "Id", "'*.count' -MaxEvents 3", "$output.Count -eq 3 -and -not ($output.Id -notlike '*.count')"),
        Works(WatchMetric, "IntervalSeconds", "queue.count -IntervalSeconds 1 -MaxEvents 2", "$output.Count -eq 2 -and $output[1].Timestamp -gt $output[0].Timestamp"),
        Works(WatchMetric, "MaxEvents", "-MaxEvents 1", "@($output).Count -eq 1"),
        Works(WatchMetric, "TimeoutSeconds", "queue.count -TimeoutSeconds 1", "@($output).Count -eq 1"),

        Works(WatchTrace, "Text", "example.org -MaxEvents 1", "\"$($output.Data)\" -like '*example.org*'"),
        IsRefused(WatchTrace, "RemoteIp", "-RemoteIp 192.0.2. -TimeoutSeconds 5", Ignored),
        IsRefused(WatchTrace, "Account", "-Account jane.doe -TimeoutSeconds 5", Ignored),
        Works(WatchTrace, "From", "-From '@' -MaxEvents 1", "$output.From -like '*@*'"),
        Works(WatchTrace, "Domain", "-Domain example -MaxEvents 1", "$output.Domain -like '*example*'"),
        Works(WatchTrace, "Value", "-Value @{ from = 'e' } -MaxEvents 1", "$output.From -like '*e*'"),
        IsRefused(WatchTrace, "Value", "-Value @{ queueName = 'local' } -TimeoutSeconds 5", Ignored),
        IsRefused(WatchTrace, "Value", "-Value @{ queueId = 7 } -TimeoutSeconds 5", "is a number"),
        Works(WatchTrace, "MaxEvents", "-MaxEvents 2", "$output.Count -eq 2"),
        Works(WatchTrace, "TimeoutSeconds", "'nothing has this text' -TimeoutSeconds 1", "@($output).Count -eq 0"),
    ];

    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", Enterprise = true, AdminPassword = HostedShell.SandboxPassword });
    private readonly HostedShell _shell;

    public JmapTelemetryParameterTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        // Nothing is delivered while the others look.
        _shell.Run("Suspend-MailQueue").ShouldHaveNoErrors();
        // Two hours of history.
        _server.Clock.Advance(TimeSpan.FromHours(1));
        _shell.Run(Metric).ShouldHaveNoErrors();
        _server.Clock.Advance(TimeSpan.FromHours(1));
        MailMetric[] metrics = _shell.Run(Metric).ShouldHaveNoErrors().OutputAs<MailMetric>();
        _shell.SetVariable("metrics", metrics);
        _shell.SetVariable("hour", metrics.Max(metric => metric.Timestamp!.Value));
        _shell.SetVariable("day", _shell.Run(Trace).ShouldHaveNoErrors().OutputAs<MailTrace>());
        MailTrace[] all = _shell.Run(Trace + " -After 2020-01-01").ShouldHaveNoErrors().OutputAs<MailTrace>();
        _shell.SetVariable("all", all);
        _shell.SetVariable("middle", all.Select(trace => trace.Created!.Value).Order().ElementAt(all.Length / 2));
    }

    public static TheoryData<int, string> Uses => JmapParameterUse.ToData(s_uses);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(Metric)]
    [InlineData(Trace)]
    [InlineData(Event)]
    [InlineData(WatchMetric)]
    [InlineData(WatchTrace)]
    public void Every_parameter_is_in_the_table(string cmdlet)
    {
        string[] parameters = [.. _shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").ShouldHaveNoErrors().OutputAs<string>()];
        s_uses.Where(use => use.Cmdlet == cmdlet).Select(use => use.Parameter).Distinct()
            .ShouldBe(parameters.Where(parameter => !s_general.Contains(parameter) || (cmdlet == Trace && s_paging.Contains(parameter))), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_parameter_does_what_it_is_for_or_is_refused_by_name(int index, string use)
    {
        use.ShouldBe(s_uses[index].ToString());
        s_uses[index].ShouldHold(_shell, _shell.Run(s_uses[index].Script));
    }

    [Fact]
    public void A_server_without_a_licence_says_so_in_the_words_of_those_before()
    {
        var messages = new List<string>();
        foreach (string version in (string[])["0.15", "0.16"])
        {
            using var shell = HostedShell.CreateConnected(new SandboxServer(new SandboxOptions { Empty = true, ServerVersion = version, AdminPassword = HostedShell.SandboxPassword }));
            foreach (string script in (string[])[Metric, Trace, Event + " 1", WatchMetric, WatchTrace])
            {
                ErrorRecord error = shell.Run(script).Errors.ShouldHaveSingleItem();
                error.FullyQualifiedErrorId.ShouldStartWith("Unsupported,");
                messages.Add($"{script}: {error.Exception.Message} {error.ErrorDetails.RecommendedAction}");
            }
        }
        messages.Take(5).ShouldBe(messages.Skip(5));
    }

    [Fact]
    public void A_store_that_is_switched_off_is_named_with_what_switches_it_on()
    {
        _shell.Run("Set-MailObject TracingStore -Property @{ '@type' = 'Disabled' }; Invoke-MailSettingReload").ShouldHaveNoErrors();
        ErrorRecord error = _shell.Run($"{Trace} -Text nobody").Errors.ShouldHaveSingleItem();
        error.Exception.Message.ShouldContain("x:TracingStore");
        error.ErrorDetails.RecommendedAction.ShouldContain("Set-MailObject TracingStore");
    }
}
