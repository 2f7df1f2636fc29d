using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>Gets the history of the server's metrics (GET /telemetry/metrics, from 0.16 on x:Metric; Enterprise).</summary>
[Cmdlet(VerbsCommon.Get, "MailMetric",
    HelpUri = HelpPages.Folder + "Get-MailMetric.md")]
[OutputType(typeof(MailMetric))]
public sealed class GetMailMetric : ConnectionCmdlet
{
    /// <summary>Names of metrics; wildcards are allowed. The names of counters are names of events. Servers before 0.16 send all, and they are filtered on this machine.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MetricIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Only what was measured from this time on, such as '2026-11-30 09:00' or (Get-Date).AddHours(-2). Default: as far back as the server has it.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only what was measured until this time. Default: now.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Before { get; set; }

    private protected override void Process()
    {
        if (After >= Before)
        {
            ThrowTerminatingError(TelemetryErrors.EmptyTimeRange(After!.Value, Before!.Value));
        }
        var patterns = new WildcardFilter(Id);
        string[]? exactIds = Id is null || Array.Exists(Id, WildcardPattern.ContainsWildcardCharacters) ? null : Id;
        IReadOnlyList<MailMetric> metrics = Pump.Wait(Client.Telemetry.ListMetricsAsync(After, Before, Pump.Token, exactIds));
        foreach (MailMetric metric in metrics.Where(metric => patterns.IsMatch(metric.Id)))
        {
            WriteObject(metric);
        }
    }
}
