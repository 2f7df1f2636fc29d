using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Telemetry;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>
/// Gets entries of the server's log, the newest first and 100 unless -First says otherwise (GET /logs; from 0.16 on x:Log). With -Wait it gets the last ones and then each new one as
/// it is written, the oldest first, until it is stopped. Following omits the lines that its own polls write into the log: their requests (at level Debug), the
/// sign-ins logged with them, and the connections that carry nothing else. Where the server logs sign-ins but no requests (0.13 and later at level Info), each
/// poll adds an entry <c>auth.success</c> that cannot be told apart from others.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MailServerLog", DefaultParameterSetName = ListSet, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailServerLog.md")]
[OutputType(typeof(MailLogEntry))]
public sealed class GetMailServerLog : ConnectionCmdlet
{
    private const string ListSet = "List";
    private const string FollowSet = "Follow";

    // The server's own default.
    private const long DefaultFirst = 100;
    private static readonly string[] s_paging = [nameof(PagingParameters.First), nameof(PagingParameters.Skip), nameof(PagingParameters.IncludeTotalCount)];
    private LogFilter? _filter;

    /// <summary>A part of the line as the server wrote it; case-sensitive. No wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Entries of this level or above: Trace, Debug, Info, Warn, Error. Filtered on this machine: the log is read until enough entries are found.</summary>
    [Parameter]
    [LogLevelArgument]
    [ValidateNotNull]
    [ValidateSet(nameof(LogLevel.Trace), nameof(LogLevel.Debug), nameof(LogLevel.Info), nameof(LogLevel.Warn), nameof(LogLevel.Error))]
    public LogLevel? Level { get; set; }

    /// <summary>Names of events, such as <c>auth.failed</c>; wildcards are allowed. Filtered on this machine: the log is read until enough entries are found.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LogEventCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EventId { get; set; }

    /// <summary>Follows the log as it is written, until it is stopped.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many existing entries to get first. They are searched for among the last 100 entries, or among this many if that is more. Default: 10.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(0, 10_000)]
    public int Tail { get; set; } = 10;

    /// <summary>Seconds between two polls of the log. Default: 2.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(1, 3_600)]
    public int PollSeconds { get; set; } = 2;

    /// <summary>Ends after this many entries, including those of -Tail. Default: no limit.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(1, int.MaxValue)]
    public int MaxEvents { get; set; } = int.MaxValue;

    /// <summary>Ends after this many seconds. Default: no limit.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(1, 4_000_000)]
    public int TimeoutSeconds { get; set; }

    private protected override object? ErrorTarget => Text;

    /// <inheritdoc/>
    private protected override string? OneServerReason => Wait ? "The log is followed without end, on one server." : null;

    private protected override void Process()
    {
        if (Text?.Contains('*', StringComparison.Ordinal) == true)
        {
            throw new ArgumentException(
                $"'{Text}' contains a wildcard, which the server does not support: it looks for this character. Type Get-MailServerLog -First 5000 | Where-Object Details -like {QuotedText.Quote(Text)} to have it compared on this machine.");
        }
        _filter = new LogFilter(Text, Level, EventId);
        if (ParameterSetName == FollowSet && !Wait)
        {
            throw new ArgumentException("-Tail, -PollSeconds, -MaxEvents and -TimeoutSeconds require -Wait, which follows the log. Without -Wait, -First says how many of the newest entries to get.");
        }
        if (Wait)
        {
            Follow(_filter);
        }
        else
        {
            List(_filter);
        }
    }

    private void List(LogFilter filter)
    {
        var query = new LogQuery
        {
            Text = filter.ServerText,
            Match = filter.LocalPredicate,
            Skip = PagingParameters.SkipCount(),
            First = PagingParameters.FirstOrNull() ?? DefaultFirst,
        };
        if (PagingParameters.IncludeTotalCount && !Client.Logs.CountsEntries)
        {
            // PowerShell's word for a count that nobody knows.
            WriteObject(PagingParameters.NewTotalCount(0, 0.0));
        }
        foreach (MailLogEntry entry in Pump.Enumerate(token => Client.Logs.ListAsync(query, PagingParameters.IncludeTotalCount ? WriteTotalCount : null, WarnAboutGap, token)))
        {
            Pump.Drain();
            WriteObject(entry);
        }
        Pump.Drain();
    }

    private void Follow(LogFilter filter)
    {
        if (s_paging.Any(MyInvocation.BoundParameters.ContainsKey))
        {
            ThrowTerminatingError(TelemetryErrors.PagingNotSupportedWithWait());
        }
        var query = new LogFollowQuery
        {
            Text = filter.ServerText,
            Match = filter.LocalPredicate,
            Tail = Tail,
            Interval = TimeSpan.FromSeconds(PollSeconds),
            Duration = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null,
        };
        int remaining = MaxEvents;
        foreach (MailLogEntry entry in Pump.Enumerate(token => Client.Logs.FollowAsync(query, WarnAboutGap, token)))
        {
            Pump.Drain();
            WriteObject(entry);
            if (--remaining == 0)
            {
                break;
            }
        }
        Pump.Drain();
    }

    // An estimate until the server has reached the beginning of the log; with a local filter it also counts the entries that the filter removes.
    private void WriteTotalCount(long total) => Pump.Post(() => WriteObject(PagingParameters.NewTotalCount((ulong)total, _filter!.LocalPredicate is null ? 0.5 : 0.0)));

    private void WarnAboutGap(LogGap gap) => Pump.Post(() => WriteWarning(gap switch
    {
        LogGap.LogReset => "The log no longer contains what was there at the last poll: it was emptied, or its files were removed. What was written between the last poll and that moment is lost.",
        LogGap.Uncertain => "The log repeats itself so often that it is not certain where the last poll ended: entries may be missing here.",
        _ => "More was written than one poll returns: entries are missing here. Follow fewer entries with -Text, or poll more often with -PollSeconds.",
    }));
}
