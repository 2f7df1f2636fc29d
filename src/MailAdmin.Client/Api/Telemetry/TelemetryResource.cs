// /telemetry, from 0.16 on x:Metric and x:Trace: what the server measured, and what happened in it. Part of Stalwart Enterprise.
using System.Globalization;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Telemetry;

namespace MailAdmin.Client;

/// <summary>The history of metrics and traces (docs/api.md §6.13; from 0.16 on docs/api-0.16.md §8.7; Enterprise).</summary>
public sealed class TelemetryResource
{
    private static readonly string[] s_startEvents =
    [
        "delivery.attempt-start", "smtp.connection-start", "http.connection-start", "imap.connection-start", "manage-sieve.connection-start", "pop3.connection-start",
    ];
    private readonly ITelemetry _telemetry;

    internal TelemetryResource(ITelemetry telemetry) => _telemetry = telemetry;

    /// <summary>The history of metrics (GET /telemetry/metrics, from 0.16 on x:Metric/get; Enterprise).</summary>
    /// <param name="after">Only from this time on; null = from the beginning.</param>
    /// <param name="before">Only until this time; null = until now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="ids">Only these, by their exact names in any case; null = all. A name that the server does not measure gives nothing.</param>
    /// <returns>The measurements in the order of the server.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>metrics-list</c> (from 0.16 on <c>sysMetricQuery</c> and <c>sysMetricGet</c>);
    /// <c>Unsupported</c> without a licence, and from 0.16 on where no history is kept; <c>RejectedByServer</c> where none is kept before.</exception>
    public Task<IReadOnlyList<MailMetric>> ListMetricsAsync(
        DateTimeOffset? after, DateTimeOffset? before, CancellationToken cancellationToken, IReadOnlyCollection<string>? ids = null) =>
        _telemetry.ListMetricsAsync(after, before, ids is null ? null : [.. ids.Select(id => id.ToLowerInvariant()).Distinct()], cancellationToken);

    /// <summary>
    /// Lists traces (GET /telemetry/traces with values, from 0.16 on x:Trace/get; Enterprise), streamed in pages. From 0.15 on a query without text, message and time
    /// covers the last 24 hours alone.
    /// </summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Receives the server's total with the first page: before 0.16 of spans, some of which it may have no event to show for.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The traces in the order of the server.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>tracing-list</c> (from 0.16 on <c>sysTraceQuery</c> and <c>sysTraceGet</c>); <c>RejectedByClient</c> for a blank type or
    /// text, which would be everything; <c>Unsupported</c> without a licence or a history.</exception>
    public IAsyncEnumerable<MailTrace> ListTracesAsync(TraceQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        TraceQuery asked = query with { Type = NormalizeType(query.Type), Text = NormalizeText(query.Text) };
        return _telemetry.ListTracesAsync(asked, onTotal, cancellationToken);
    }

    /// <summary>The events of a trace (GET /telemetry/trace/{id}, from 0.16 on x:Trace/get; Enterprise).</summary>
    /// <param name="spanId">The id of the trace.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The events in their order.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there are none; <c>Unsupported</c> without a licence or a history; <c>Forbidden</c>
    /// without the permission <c>tracing-get</c> (from 0.16 on <c>sysTraceGet</c>).</exception>
    public async Task<IReadOnlyList<MailTraceEvent>> GetTraceAsync(ulong spanId, CancellationToken cancellationToken)
    {
        IReadOnlyList<MailTraceEvent> events = await _telemetry.GetTraceAsync(spanId, cancellationToken).ConfigureAwait(false);
        string id = spanId.ToString(CultureInfo.InvariantCulture);
        return events.Count > 0
            ? events
            : throw new MailServerException(MailErrorCode.NotFound, _telemetry.ReadTrace, $"There is no trace {id}, or it is no longer kept.") { Item = id };
    }

    // The server finds traces by the event that began them, and takes a word that it does not know for none.
    private static string? NormalizeType(string? type)
    {
        string? word = NormalizeFilter(type, nameof(TraceQuery.Type), "the name of one event, such as delivery.attempt-start")?.ToLowerInvariant();
        return word is null || s_startEvents.Contains(word)
            ? word
            : throw MailServerException.CreateRefusal(Operations.ListTraces, nameof(TraceQuery.Type), $"No trace begins with '{type}'. Type names the event that began it: delivery.attempt-start (deliveries), smtp.connection-start (messages received).");
    }

    private static string? NormalizeText(string? text) => NormalizeFilter(text, nameof(TraceQuery.Text), "whole words; double quotes group them");

    private static string? NormalizeFilter(string? part, string field, string wanted) => ListFilter.Normalize(part, Operations.ListTraces, field, "list every trace", $"it takes {wanted}");
}
