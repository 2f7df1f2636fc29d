// Shows how far an import is and when it will be done.
using System.Diagnostics;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>The progress of an import. Used on the pipeline thread only.</summary>
internal sealed class ImportProgress(Cmdlet cmdlet, int total, string source)
{
    private const int Activity = 7002;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _shown = -s_interval;
    private int _done;

    /// <summary>One more row is done.</summary>
    public void Step(string identity)
    {
        _done++;
        // A record per row would cost more than the row.
        if (_watch.Elapsed - _shown < s_interval && _done < total)
        {
            return;
        }
        _shown = _watch.Elapsed;
        cmdlet.WriteProgress(new ProgressRecord(Activity, $"Importing {source}", $"{_done} of {total}: {identity}")
        {
            PercentComplete = (int)(100L * _done / Math.Max(total, 1)),
            SecondsRemaining = (int)(_watch.Elapsed.TotalSeconds / _done * (total - _done)),
        });
    }

    /// <summary>Takes the display away.</summary>
    public void Complete() => cmdlet.WriteProgress(new ProgressRecord(Activity, $"Importing {source}", "Done") { RecordType = ProgressRecordType.Completed });
}
