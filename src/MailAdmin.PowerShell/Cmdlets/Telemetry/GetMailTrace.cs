using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Telemetry;

/// <summary>Gets traces of deliveries and received messages (GET /telemetry/traces, from 0.16 on x:Trace; Enterprise).</summary>
[Cmdlet(VerbsCommon.Get, "MailTrace", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailTrace.md")]
[OutputType(typeof(MailTrace))]
public sealed class GetMailTrace : WindowedCmdlet
{
    private const string ByFilter = "Filter";
    private const string ByMessage = "Message";
    private PagingCounter? _page;

    /// <summary>The queued message, as its queue id or an object that has it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByMessage)]
    [ArgumentCompleter(typeof(QueueCompleter))]
    [QueueIdentityArgument]
    [ValidateNotNullOrEmpty]
    public QueueIdentity[]? QueueId { get; set; }

    /// <summary>Only traces that began with this event: <c>delivery.attempt-start</c>, <c>smtp.connection-start</c>. No wildcards.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TraceTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Type { get; set; }

    /// <summary>Words that the events of the trace contain, all of them; double quotes group words. No wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Only traces from this time on, such as '2026-11-30 09:00' or (Get-Date).AddHours(-2). Local time, unless it says otherwise.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? After { get; set; }

    /// <summary>Only traces until this time. It must be later than -After.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Before { get; set; }

    /// <summary>The connections to use, as objects or by name, also from the pipeline; each in its turn. Default: the runspace's default connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override MailConnection[]? Connection
    {
        get => base.Connection;
        set => base.Connection = value;
    }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        WarnOfOtherSpelling(Text);
        _page = new PagingCounter(PagingParameters);
        if (After >= Before)
        {
            ThrowTerminatingError(TelemetryErrors.EmptyTimeRange(After!.Value, Before!.Value));
        }
        if (ExpectsInput && PagingParameters.IncludeTotalCount)
        {
            // Each message has a count of its own, and none is known before the first trace is written.
            WriteObject(PagingParameters.NewTotalCount(0, 0.0));
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == ByFilter)
        {
            ListTraces(CreateQuery(null), Text ?? Type);
            return;
        }
        foreach (QueueIdentity message in QueueId!)
        {
            if (_page!.IsFull)
            {
                // -First is reached: no request for the others.
                return;
            }
            if (ExpectsInput || QueueId.Length > 1)
            {
                Start(message.Id, token => FetchTracesAsync(CreateQuery(message.Id), token), WriteTraces);
            }
            else
            {
                ListTraces(CreateQuery(message.Id), message.Id);
            }
        }
    }

    private TraceQuery CreateQuery(ulong? queueId) => new()
    {
        QueueId = queueId,
        Type = Type,
        Text = Text,
        After = After,
        Before = Before,
    };

    private void ListTraces(TraceQuery query, object? target)
    {
        bool lastDayOnly = query.IsUnrestricted && Client.Dialect.ListsTracesOfOneDay == true;
        if (lastDayOnly)
        {
            WriteVerbose("From 0.15 on, the server lists only the traces of the last 24 hours unless a time, a text or a queued message is specified. For older traces, specify -After.");
        }
        TraceQuery paged = query with
        {
            Skip = PagingParameters.SkipCount(),
            First = PagingParameters.FirstOrNull(),
        };
        Action<long>? onTotal = PagingParameters.IncludeTotalCount
            ? total => Pump.Post(() => WriteObject(PagingParameters.NewTotalCount((ulong)total, 1.0)))
            : null;
        bool any = false;
        try
        {
            foreach (MailTrace trace in Pump.Enumerate(token => Client.Telemetry.ListTracesAsync(paged, onTotal, token)))
            {
                any = true;
                Pump.Drain();
                WriteObject(trace);
            }
            Pump.Drain();
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            WriteItemError(e, target);
            return;
        }
        if (lastDayOnly && !any && paged is { Skip: 0, First: not 0 })
        {
            WriteWarning("The server lists only the traces of the last 24 hours, and there are none. For older traces, specify -After.");
        }
    }

    // A message has few traces. -Skip and -First count the traces of all messages together.
    private async Task<IReadOnlyList<MailTrace>> FetchTracesAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var traces = new List<MailTrace>();
        await foreach (MailTrace trace in Client.Telemetry.ListTracesAsync(query, null, cancellationToken).ConfigureAwait(false))
        {
            traces.Add(trace);
        }
        return traces;
    }

    private void WriteTraces(IReadOnlyList<MailTrace> traces)
    {
        foreach (MailTrace trace in _page!.Apply(traces))
        {
            WriteObject(trace);
        }
    }
}
