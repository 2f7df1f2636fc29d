using System.Diagnostics;
using System.Management.Automation;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Shows how much of an import is done and how long the rest will take. Used on the pipeline thread only.</summary>
internal sealed class ImportProgress(MailCmdlet cmdlet, int total, string source)
{
    private const int ActivityId = ProgressActivity.Importing;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _lastShown = -s_interval;
    private int _completedCount;

    /// <summary>One more change is made, or has failed.</summary>
    public void Step(string identity)
    {
        _completedCount++;
        // A record per row would cost more than the row.
        if (_watch.Elapsed - _lastShown < s_interval && _completedCount < total)
        {
            return;
        }
        _lastShown = _watch.Elapsed;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, $"Importing {source}", $"{_completedCount} of {total}: {identity}")
        {
            PercentComplete = (int)(100L * _completedCount / Math.Max(total, 1)),
            SecondsRemaining = RemainingTime.EstimateSeconds(_watch.Elapsed, _completedCount, (double)_completedCount / Math.Max(total, 1)),
        });
    }

    /// <summary>Removes the display.</summary>
    public void Complete() => cmdlet.WriteProgress(new ProgressRecord(ActivityId, $"Importing {source}", "Done") { RecordType = ProgressRecordType.Completed });
}
