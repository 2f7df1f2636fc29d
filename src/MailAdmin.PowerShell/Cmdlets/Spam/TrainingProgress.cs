using System.Diagnostics;
using System.Management.Automation;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>Shows the progress of a training and, if its end is known, the remaining time. Used on the pipeline thread only.</summary>
internal sealed class TrainingProgress(MailCmdlet cmdlet, string activity)
{
    private const int ActivityId = ProgressActivity.Training;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = new();
    private TimeSpan _lastShown;
    private int _completedCount;

    /// <summary>One more message is done.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="progress">How much of its folder or file is done after it, from 0 to 1; null if that is not known.</param>
    /// <param name="total">How many messages there are, if that is known.</param>
    public void Step(string name, double? progress, int? total)
    {
        _completedCount++;
        // A record for every message would cost more than the message.
        if (_watch.IsRunning && _watch.Elapsed - _lastShown < s_interval)
        {
            return;
        }
        _watch.Start();
        _lastShown = _watch.Elapsed;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, $"{_completedCount}{(total is null ? "" : $" of {total}")}: {name}")
        {
            PercentComplete = progress is { } percent ? (int)(100 * percent) : -1,
            SecondsRemaining = RemainingTime.EstimateSeconds(_watch.Elapsed, _completedCount, progress),
        });
    }

    /// <summary>Removes the display.</summary>
    public void Complete()
    {
        if (_watch.IsRunning)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
