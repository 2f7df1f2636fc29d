// Shows how far a training is and, where the end is known, when it will be there.
using System.Diagnostics;
using System.Management.Automation;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Spam;

/// <summary>The progress of a training. Used on the pipeline thread only.</summary>
internal sealed class TrainingProgress(Cmdlet cmdlet, string activity)
{
    private const int ActivityId = ProgressActivity.Training;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = new();
    private TimeSpan _lastShown;
    private int _completedCount;

    /// <summary>One more message is done.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="part">How much of its folder or file is done with it, from 0 to 1; null where it stands alone.</param>
    /// <param name="total">How many messages there are, where that is known.</param>
    public void Step(string name, double? part, int? total)
    {
        _completedCount++;
        // Nobody watches the first moment, and a record per message would cost more than the message.
        if (_watch.IsRunning && _watch.Elapsed - _lastShown < s_interval)
        {
            return;
        }
        _watch.Start();
        _lastShown = _watch.Elapsed;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, $"{_completedCount}{(total is null ? "" : $" of {total}")}: {name}")
        {
            PercentComplete = part is { } percent ? (int)(100 * percent) : -1,
            SecondsRemaining = part is > 0 and var share && _watch.Elapsed > s_interval ? (int)(_watch.Elapsed.TotalSeconds * (1 - share) / share) : -1,
        });
    }

    /// <summary>Takes the display away.</summary>
    public void Complete()
    {
        if (_watch.IsRunning)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }
}
