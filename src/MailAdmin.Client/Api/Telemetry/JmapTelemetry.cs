using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>
/// The history of a server from 0.16 on: <c>x:Metric</c> and <c>x:Trace</c> (docs/api-0.16.md §8.7). Their ids are times, and a bound in time is one of ids: the server
/// places it up to a second late, and has none in the future. So it is asked for a little more, and times are compared here.
/// </summary>
internal sealed class JmapTelemetry(JmapChannel channel, ServerInfo? server, TimeProvider time) : ITelemetry
{
    private const string MetricType = "x:Metric";
    private const string TraceType = "x:Trace";
    private const string FromTime = "timestampIsGreaterThanOrEqual";
    private const string UntilTime = "timestampIsLessThanOrEqual";

    // A trace can have two thousand events.
    private const int TracesPerRequest = 100;
    private static readonly TimeSpan s_lateness = TimeSpan.FromSeconds(1);

    // By so much the clocks of the two machines may differ.
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset s_beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly QueryForm s_newestFirst = new(IsAscending: false, HasAnchorInPage: true);
    private readonly JmapTelemetryErrors _errors = new(channel, server);

    /// <summary>How pages of metrics and traces are asked for, the oldest first.</summary>
    public static QueryForm OldestFirst { get; } = new(IsAscending: true, HasAnchorInPage: true);

    public Operation ReadTrace => Operations.CallJmap;

    /// <summary>Writes the filter of all traces: without a time the server gives those of the last 24 hours alone.</summary>
    public static void WriteAnyTime(Utf8JsonWriter writer) => writer.WriteString(FromTime, WireTime.Floor(s_beginning));

    public async Task<IReadOnlyList<MailMetric>> ListMetricsAsync(DateTimeOffset? after, DateTimeOffset? before, IReadOnlyCollection<string>? ids, CancellationToken cancellationToken)
    {
        try
        {
            var metrics = new List<MailMetric>();
            await foreach (MailMetric metric in channel.ListAsync(MetricType, JmapMetricReader.Read, WriteFilter, form: OldestFirst, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (IsWithin(metric.Timestamp, after, before))
                {
                    metrics.Add(metric);
                }
            }
            return metrics;
        }
        // It has no metric of any of these names.
        catch (MailServerException e) when (ids is not null && e.ServerCode == "unsupportedFilter")
        {
            return [];
        }
        catch (MailServerException e)
        {
            throw await _errors.ExplainAsync(e, JmapTelemetryErrors.MetricsStore, cancellationToken).ConfigureAwait(false);
        }

        void WriteFilter(Utf8JsonWriter writer)
        {
            if (after is not null)
            {
                writer.WriteString(FromTime, WireTime.Floor(GetLowerBound(after)));
            }
            if (before is not null)
            {
                writer.WriteString(UntilTime, WireTime.Ceiling(before));
            }
            if (ids is not null)
            {
                writer.WriteStartArray("metric");
                foreach (string id in ids)
                {
                    writer.WriteStringValue(id);
                }
                writer.WriteEndArray();
            }
        }
    }

    public async IAsyncEnumerable<MailTrace> ListTracesAsync(TraceQuery query, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<MailTrace> traces = ReadTracesAsync(query, onTotal, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (traces.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await traces.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (MailServerException e)
                {
                    throw await _errors.ExplainAsync(e, JmapTelemetryErrors.TracingStore, cancellationToken).ConfigureAwait(false);
                }
                yield return traces.Current;
            }
        }
    }

    public async Task<IReadOnlyList<MailTraceEvent>> GetTraceAsync(ulong spanId, CancellationToken cancellationToken)
    {
        try
        {
            GetAnswer<IReadOnlyList<MailTraceEvent>> answer = await channel.GetAsync(
                TraceType, [JmapId.FromNumber(spanId)], item => JmapTraceReader.ReadEvents(item, spanId), cancellationToken, ["events"]).ConfigureAwait(false);
            return answer.Items is [var events] ? events : [];
        }
        catch (MailServerException e)
        {
            throw await _errors.ExplainAsync(e, JmapTelemetryErrors.TracingStore, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<MailTrace> ReadTracesAsync(TraceQuery query, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool comparesTimes = query.After is not null || query.Before is not null;
        long? first = comparesTimes || onTotal is not null || query.First is not { } most || most > long.MaxValue - query.Skip ? null : query.Skip + most;
        if (first == 0)
        {
            yield break;
        }
        IReadOnlyList<string> ids = await channel.ListIdsAsync(TraceType, writer => WriteFilter(writer, query), cancellationToken, form: s_newestFirst, first: first).ConfigureAwait(false);
        if (ids.Count == 0)
        {
            await _errors.ThrowIfDisabledAsync(JmapTelemetryErrors.TracingStore, cancellationToken).ConfigureAwait(false);
        }
        var listing = new JmapListing<(MailTrace Trace, DateTimeOffset Started)>(channel, TraceType, JmapTraceReader.ReadTrace)
        {
            Properties = ["events"],
            PageSize = TracesPerRequest,
            Match = comparesTimes ? item => IsWithin(item.Started, query.After, query.Before) : null,
            Skip = query.Skip,
            First = query.First,
            OnTotal = onTotal,
        };
        await foreach ((MailTrace trace, _) in listing.RunAsync(ids, cancellationToken).ConfigureAwait(false))
        {
            yield return trace;
        }
    }

    private void WriteFilter(Utf8JsonWriter writer, TraceQuery query)
    {
        if (query.Type is not null)
        {
            writer.WriteString("event", query.Type);
        }
        if (query.QueueId is { } message)
        {
            writer.WriteString("queueId", JmapId.FromNumber(message));
        }
        if (query.Text is not null)
        {
            writer.WriteString("text", query.Text);
        }
        if (query.After is not null)
        {
            writer.WriteString(FromTime, WireTime.Floor(GetLowerBound(query.After)));
        }
        if (query.Before is { } before)
        {
            // A bound in the future, by the clock of the server, it refuses: what came in the last minutes is left out here.
            if (before < time.GetUtcNow() - s_clockTolerance)
            {
                writer.WriteString(UntilTime, WireTime.Ceiling(before));
            }
            else if (query.After is null)
            {
                WriteAnyTime(writer);
            }
        }
    }

    // Not in the future either: of metrics all would come, and of traces none.
    private DateTimeOffset GetLowerBound(DateTimeOffset? after)
    {
        DateTimeOffset latest = time.GetUtcNow() - s_clockTolerance;
        return after is { } given && given < latest ? given > s_beginning ? given - s_lateness : s_beginning : latest;
    }

    // The server's times are whole seconds.
    private static bool IsWithin(DateTimeOffset? at, DateTimeOffset? after, DateTimeOffset? before) =>
        (after is not { } from || at >= Floor(from)) && (before is not { } until || at < until);

    private static DateTimeOffset Floor(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
