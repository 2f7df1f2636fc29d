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
{
    public SandboxResponse IssueTracingToken(ApiCall call)
    {
        RequireLicense();
        return tokens.Issue(call, TokenKind.LiveTracing, "tracing-live");
    }

    public SandboxResponse IssueMetricsToken(ApiCall call)
    {
        RequireLicense();
        return tokens.Issue(call, TokenKind.LiveMetrics, "metrics-live");
    }

    public SandboxResponse ListMetrics(ApiCall call)
    {
        RequireLicense();
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

    public SandboxResponse ListTraces(ApiCall call)
    {
        RequireLicense();
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
    public SandboxResponse ShowTraces(ApiCall call)
    {
        RequireLicense();
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

    public SandboxResponse WatchTraces(ApiCall call)
    {
        RequireLicense();
        call.Caller.Require("tracing-live");
        return streams.CreateResponse(liveTraces.Subscribe(new LiveFilter(call.Query)));
    }

    public SandboxResponse WatchMetrics(ApiCall call)
    {
        RequireLicense();
        call.Caller.Require("metrics-live");
        QueryValues query = call.Query;
        return streams.CreateResponse((events, cancellationToken) => liveMetrics.RunAsync(query, events, cancellationToken));
    }

    private void RequireLicense()
    {
        if (!enterprise)
        {
            throw ApiException.EnterpriseRequired();
        }
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
