// Get-MailServerLog: the server's log, read backwards, or followed as it is written.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Telemetry;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>
/// Gets entries of the server's log, the newest first and 100 unless -First says otherwise (GET /logs); with -Wait the last ones and then each as it is written, the oldest first, until it is
/// stopped. Following leaves out the lines that its own looks write into the log: their requests (at level Debug), the sign-ins logged with them, and the
/// connections that carry nothing else. Where the server logs sign-ins but no requests (0.13 and later at level Info), each look adds an entry
/// <c>auth.success</c> that nothing tells apart from others.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MailServerLog", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(MailLogEntry))]
public sealed class GetMailServerLog : ConnectionCmdlet
{
    private const string ListSet = "List";
    private const string FollowSet = "Follow";

    // What the server gives by itself.
    private const long DefaultFirst = 100;
    private LogFilter? _filter;

    /// <summary>A part of the line as the server wrote it, compared with case. No wildcards.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Entries of this level or above: Trace, Debug, Info, Warn, Error. Chosen here: the log is read until enough are found.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LogLevelCompleter))]
    [LogLevelArgument]
    [ValidateNotNull]
    public LogLevel? Level { get; set; }

    /// <summary>Names of events, such as <c>auth.failed</c>, with wildcards. Chosen here: the log is read until enough are found.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LogEventCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EventId { get; set; }

    /// <summary>Follows the log as it is written.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    public SwitchParameter Wait { get; set; }

    /// <summary>How many of the entries that are there already to give first. They are looked for among the last 100, or as many as this.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(0, 10_000)]
    public int Tail { get; set; } = 10;

    /// <summary>Seconds between two looks at the log.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(1, 3_600)]
    public int PollSeconds { get; set; } = 2;

    /// <summary>Ends after so many entries, those of -Tail among them.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(1, int.MaxValue)]
    public int MaxEvents { get; set; } = int.MaxValue;

    /// <summary>Ends after so many seconds.</summary>
    [Parameter(ParameterSetName = FollowSet)]
    [ValidateRange(1, 4_000_000)]
    public int TimeoutSeconds { get; set; }

    private protected override object? ErrorTarget => Text;

    private protected override void Process()
    {
        _filter = new LogFilter(Text, Level, EventId);
        if (ParameterSetName == FollowSet && !Wait)
        {
            throw new ArgumentException("-Tail, -PollSeconds, -MaxEvents and -TimeoutSeconds go with -Wait, which follows the log. Without it, -First says how many of the newest entries to get.");
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
        foreach (MailLogEntry entry in Pump.Enumerate(token => Client.Logs.ListAsync(query, PagingParameters.IncludeTotalCount ? WriteTotalCount : null, WarnAboutGap, token)))
        {
            Pump.Drain();
            WriteObject(entry);
        }
        Pump.Drain();
    }

    private void Follow(LogFilter filter)
    {
        if (PagingParameters.First != ulong.MaxValue || PagingParameters.Skip > 0 || PagingParameters.IncludeTotalCount)
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
        int left = MaxEvents;
        foreach (MailLogEntry entry in Pump.Enumerate(token => Client.Logs.FollowAsync(query, WarnAboutGap, token)))
        {
            Pump.Drain();
            WriteObject(entry);
            if (--left == 0)
            {
                break;
            }
        }
        Pump.Drain();
    }

    // An estimate while the server has not come to the beginning; with a filter of ours it counts what is left out as well.
    private void WriteTotalCount(long total) => Pump.Post(() => WriteObject(PagingParameters.NewTotalCount((ulong)total, _filter!.LocalPredicate is null ? 0.5 : 0.0)));

    private void WarnAboutGap(LogGap gap) => Pump.Post(() => WriteWarning(gap switch
    {
        LogGap.LogReset => "The log no longer holds what was there at the last look: it was emptied, or its files were removed. What was written before that and after the last look is lost.",
        LogGap.Uncertain => "The log repeats itself so often that it is not certain where the last look ended: entries may be missing here.",
        _ => "More was written than one look takes: entries are missing here. Follow fewer with -Text, or look more often with -PollSeconds.",
    }));
}
