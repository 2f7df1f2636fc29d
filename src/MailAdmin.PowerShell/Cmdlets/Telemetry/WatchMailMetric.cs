// Watch-MailMetric: measurements of the server at every interval.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>
/// Follows counters, gauges and histograms of the server (GET /telemetry/metrics/live; Enterprise): all of them at once, then at every interval.
/// A stream that breaks off is opened again (-Verbose says so).
/// </summary>
[Cmdlet(VerbsCommon.Watch, "MailMetric")]
[OutputType(typeof(MailMetric))]
public sealed class WatchMailMetric : StreamCmdlet
{
    private readonly List<string> _ids = [];

    /// <summary>Which ones: exact ids, such as <c>queue.count</c>, or with wildcards. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MetricIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <summary>How many seconds lie between two measurements. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int IntervalSeconds { get; set; } = 30;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _ids.AddRange(Id ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (MyInvocation.ExpectingInput && _ids.Count == 0)
        {
            // Nothing that was piped names a measurement; all of them are not what is meant.
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
        // Exact ids make the server send less; it knows no wildcards.
        string[] asked = _ids.Exists(WildcardPattern.ContainsWildcardCharacters) ? [] : [.. _ids.Select(id => id.ToLowerInvariant()).Distinct()];
        Follow(
            token => Client.Live.WatchMetricsAsync(asked, TimeSpan.FromSeconds(IntervalSeconds), WarnAboutMissing, token),
            metric =>
            {
                bool wanted = patterns.IsMatch(metric.Id);
                if (wanted)
                {
                    WriteObject(metric);
                }
                return wanted;
            },
            e => WriteItemError(e, Id));
    }

    // Called from wherever the frame arrives.
    private void WarnAboutMissing(IReadOnlyList<string> absent) => Pump.Post(() => WriteWarning(
        $"The server measures no {string.Join(", ", absent.Select(id => $"'{id}'"))}, or has not yet. Watch-MailMetric without -Id, or with wildcards, shows what it measures."));
}
