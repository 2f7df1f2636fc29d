using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>Creates ErrorRecords about ranges of time and about following the log.</summary>
internal static class TelemetryErrors
{
    /// <summary>A range that ends before it begins.</summary>
    public static ErrorRecord EmptyTimeRange(DateTimeOffset after, DateTimeOffset before) => new(
        new ArgumentException($"-After ({TimeText.Format(after)}) is not earlier than -Before ({TimeText.Format(before)}). Swap them."),
        "EmptyTimeRange", ErrorCategory.InvalidArgument, after);

    /// <summary>Paging a log that is followed.</summary>
    public static ErrorRecord PagingNotSupportedWithWait() => new(
        new ArgumentException("-First, -Skip and -IncludeTotalCount read the log backwards and cannot be combined with -Wait, which follows it. Use -Tail for the number of existing entries, and -MaxEvents for the number of entries in all."),
        "PagingNotSupportedWithWait", ErrorCategory.InvalidArgument, null);
}
