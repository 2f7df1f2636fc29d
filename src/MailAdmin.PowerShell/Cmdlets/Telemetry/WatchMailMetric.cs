using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>
/// Follows counters, gauges and histograms of the server (GET /telemetry/metrics/live, from 0.16 on GET /live/metrics; Enterprise): all of them at once, then at every interval.
/// A stream that breaks off is opened again (shown with -Verbose).
/// </summary>
[Cmdlet(VerbsCommon.Watch, "MailMetric",
    HelpUri = HelpPages.Folder + "Watch-MailMetric.md")]
[OutputType(typeof(MailMetric))]
public sealed class WatchMailMetric : StreamCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>The metrics, by exact id, such as <c>queue.count</c>, or with wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MetricIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>Seconds between two measurements, from 1 to 86400. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int IntervalSeconds { get; set; } = 30;

    /// <summary>The connections to use, as objects or by name, also from the pipeline; each in its turn. Default: the runspace's default connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override MailConnection[]? Connection
    {
        get => base.Connection;
        set => base.Connection = value;
    }

    /// <inheritdoc/>
    private protected override string? OneServerReason => "Measurements are followed without end, on one server.";

    /// <inheritdoc/>
    private protected override void Process() => _ids.AddRange(Id ?? []);

    /// <inheritdoc/>
    private protected override void End()
    {
        if (ExpectsInput && _ids.Count == 0)
        {
            // No piped object names a metric; the default, all of them, is not what was asked for.
            return;
        }
        WildcardFilter patterns;
        try
        {
            patterns = new WildcardFilter(_ids);
        }
        catch (ArgumentException e)
        {
            WriteItemError(e, Id);
            return;
        }
        // Exact ids make the server send less; it has no wildcards.
        string[] requestedIds = _ids.Exists(WildcardPattern.ContainsWildcardCharacters) ? [] : [.. _ids.Select(id => id.ToLowerInvariant()).Distinct()];
        Follow(
            token => Client.Live.WatchMetricsAsync(requestedIds, TimeSpan.FromSeconds(IntervalSeconds), WarnAboutMissing, token),
            metric =>
            {
                bool isMatch = patterns.IsMatch(metric.Id);
                if (isMatch)
                {
                    WriteObject(metric);
                }
                return isMatch;
            },
            e => WriteItemError(e, Id));
    }

    // Called on the thread on which the frame arrives.
    private void WarnAboutMissing(IReadOnlyList<string> missing) => Pump.Post(() => WriteWarning(
        $"The server does not measure {string.Join(", ", missing.Select(id => $"'{id}'"))}, or has not measured it yet. To see what it measures, run Watch-MailMetric without -Id, or with wildcards."));
}
