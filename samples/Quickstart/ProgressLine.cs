using System.Management.Automation;

namespace MailAdmin.Quickstart;

/// <summary>Shows the latest progress record as one line that updates itself; in a file or a log, as one line for each quarter.</summary>
internal sealed class ProgressLine(TextWriter console, bool sparse)
{
    private const int StepCount = 4;
    private readonly Lock _gate = new();
    private string _shown = "";
    private string _activity = "";
    private int _step;

    /// <summary>Shows <paramref name="record"/> in place of the one before.</summary>
    public void Show(ProgressRecord record)
    {
        lock (_gate)
        {
            if (sparse)
            {
                ShowSparsely(record);
                return;
            }
            Erase();
            if (record.RecordType == ProgressRecordType.Processing)
            {
                _shown = Fit(Describe(record));
                console.Write(_shown);
            }
        }
    }

    /// <summary>Writes something else without tearing the line apart.</summary>
    public void WriteAbove(Action write)
    {
        lock (_gate)
        {
            Erase();
            write();
        }
    }

    private void ShowSparsely(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _activity = "";
            return;
        }
        int step = Math.Max(record.PercentComplete, 0) * StepCount / 100;
        if (record.Activity == _activity && step <= _step)
        {
            return;
        }
        (_activity, _step) = (record.Activity, step);
        console.WriteLine(Describe(record));
    }

    private void Erase()
    {
        if (_shown.Length > 0)
        {
            console.Write('\r' + new string(' ', _shown.Length) + '\r');
            _shown = "";
        }
    }

    private static string Describe(ProgressRecord record)
    {
        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete,3} %" : "";
        string remaining = record.SecondsRemaining > 0 ? $", {record.SecondsRemaining} s left" : "";
        return $"{record.Activity}:{percent} {record.StatusDescription}{remaining}";
    }

    private static string Fit(string line)
    {
        int width = Math.Max(Console.WindowWidth - 1, 20);
        return line.Length > width ? line[..width] : line;
    }
}
