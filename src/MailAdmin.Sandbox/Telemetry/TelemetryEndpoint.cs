using System.Globalization;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary><c>/api/telemetry</c>: traces and metrics, of the past and live. Without a licence every call is refused before anything else is checked.</summary>
internal sealed class TelemetryEndpoint(
    bool enterprise, StreamTokens tokens, EventStreams streams, TraceStore traces, MetricStore metrics, LiveTraces liveTraces, LiveMetrics liveMetrics, TimeProvider clock)
    : IEndpoint
{
    public SandboxResponse Handle(ApiCall call)
    {
        if (!enterprise)
        {
            throw ApiException.EnterpriseRequired();
        }

        return (call.Method, call.GetSegment(1), call.GetSegment(2), call.Path.Length) switch
        {
            ("GET", "metrics", _, 2) => ListMetrics(call),
            ("GET", "metrics", "live", 3) => WatchMetrics(call),
            ("GET", "traces", _, 2) => ListTraces(call),
            ("GET", "traces", "live", 3) => WatchTraces(call),
            ("GET", "trace", _, <= 3) => ShowTraces(call),
            ("GET", "live", "tracing-token", 3) => tokens.Issue(call, TokenKind.LiveTracing, "tracing-live"),
            ("GET", "live", "metrics-token", 3) => tokens.Issue(call, TokenKind.LiveMetrics, "metrics-live"),
            _ => throw ApiException.NoSuchResource(),
        };
    }

    private SandboxResponse ListMetrics(ApiCall call)
    {
        call.Caller.Require("metrics-list");
        IReadOnlyList<Metric> found = metrics.GetHistory(RequestTime.Parse(call.Query["after"]), RequestTime.Parse(call.Query["before"]), clock.GetUtcNow());
        return Responses.Data(json =>
        {
            json.WriteStartArray();
            foreach (Metric metric in found)
            {
                metric.Write(json);
            }

            json.WriteEndArray();
        });
    }

    private SandboxResponse ListTraces(ApiCall call)
    {
        call.Caller.Require("tracing-list");
        DateTimeOffset? earliest = call.Dialect.LimitsTracesToOneDay ? clock.GetUtcNow().AddDays(-1) : null;
        (IReadOnlyList<TraceSpan> items, int total) = new Paging(call.Query).Apply(traces.Find(new TraceQuery(call.Query, earliest).Matches));
        bool includeValues = call.Query.Contains("values");
        return Responses.Page(items, total, (json, span) => WriteItem(json, span, includeValues));
    }

    /// <summary>With <c>values</c>, a span without a headline event is left out of the list.</summary>
    private static void WriteItem(Utf8JsonWriter json, TraceSpan span, bool includeValues)
    {
        if (!includeValues)
        {
            json.WriteNumberValue(span.Id);
        }
        else if (span.Events.FirstOrDefault(traceEvent => traceEvent.IsHeadline) is { } headline)
        {
            TraceJson.WriteHeadline(json, headline, span.Id);
        }
    }

    /// <summary>One id in the path is answered with its events, several ids or the query with a list of such lists. An id that is unknown or no number has no events.</summary>
    private SandboxResponse ShowTraces(ApiCall call)
    {
        call.Caller.Require("tracing-get");
        string pathIds = call.GetSegment(2);
        string[] ids = (pathIds.Length > 0 ? pathIds : call.Query["id"] ?? "").Split(',');
        IReadOnlyList<TraceEvent>[] found = Array.ConvertAll(
            ids, id => ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? traces.Find(number)?.Events ?? [] : []);
        return Responses.Data(json =>
        {
            if (pathIds.Length > 0 && ids.Length == 1)
            {
                WriteEvents(json, found[0]);
                return;
            }

            json.WriteStartArray();
            foreach (IReadOnlyList<TraceEvent> events in found)
            {
                WriteEvents(json, events);
            }

            json.WriteEndArray();
        });
    }

    private SandboxResponse WatchTraces(ApiCall call)
    {
        call.Caller.Require("tracing-live");
        return streams.CreateResponse(liveTraces.Subscribe(new LiveFilter(call.Query)));
    }

    private SandboxResponse WatchMetrics(ApiCall call)
    {
        call.Caller.Require("metrics-live");
        QueryValues query = call.Query;
        return streams.CreateResponse((events, cancellationToken) => liveMetrics.RunAsync(query, events, cancellationToken));
    }

    private static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<TraceEvent> events)
    {
        json.WriteStartArray();
        foreach (TraceEvent traceEvent in events)
        {
            TraceJson.Write(json, traceEvent);
        }

        json.WriteEndArray();
    }
}
