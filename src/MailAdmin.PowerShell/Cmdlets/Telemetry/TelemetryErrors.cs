// The records of the telemetry's and the log's cmdlets that no answer of the server stands for.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>Makes ErrorRecords about ranges of time and about following the log.</summary>
internal static class TelemetryErrors
{
    /// <summary>A range that ends before it begins.</summary>
    public static ErrorRecord EmptyTimeRange(DateTimeOffset after, DateTimeOffset before) => new(
        new ArgumentException($"No time lies after {TimeText.Format(after)} and before {TimeText.Format(before)}. Exchange -After and -Before."),
        "EmptyTimeRange", ErrorCategory.InvalidArgument, after);

    /// <summary>Paging a log that is followed.</summary>
    public static ErrorRecord PagingNotSupportedWithWait() => new(
        new ArgumentException("-First, -Skip and -IncludeTotalCount read the log backwards; with -Wait it is followed. Give -Tail for what is there already, and -MaxEvents for how many entries in all."),
        "PagingNotSupportedWithWait", ErrorCategory.InvalidArgument, null);
}
