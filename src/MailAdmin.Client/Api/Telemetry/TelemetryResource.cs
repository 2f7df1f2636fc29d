// /telemetry: what the server measured, and what happened in it. Part of Stalwart Enterprise.
using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The history of metrics and traces (docs/api.md §6.13; Enterprise).</summary>
public sealed class TelemetryResource
{
    private static readonly string[] s_startEvents =
    [
        "delivery.attempt-start", "smtp.connection-start", "http.connection-start", "imap.connection-start", "manage-sieve.connection-start", "pop3.connection-start",
    ];
    private readonly ApiChannel _channel;
    private readonly ServerInfo? _server;

    internal TelemetryResource(ApiChannel channel, ServerInfo? server) => (_channel, _server) = (channel, server);

    /// <summary>The history of metrics (GET /telemetry/metrics; Enterprise).</summary>
    /// <param name="after">Only from this time on; null = from the beginning.</param>
    /// <param name="before">Only until this time; null = until now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The measurements in the order of the server.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>metrics-list</c>; <c>Unsupported</c> without a licence;
    /// <c>RejectedByServer</c> where no history is kept.</exception>
    public Task<IReadOnlyList<MailMetric>> ListMetricsAsync(DateTimeOffset? after, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        Uri target = _channel.Uri.ForQuery(Operations.ListMetrics,
        [
            KeyValuePair.Create("after", WireTime.Floor(after)),
            KeyValuePair.Create("before", WireTime.Ceiling(before)),
        ]);
        return ExplainErrorsAsync(
            _channel.ReadAsync(new ApiRequestContext(Operations.ListMetrics), target, MetricReader.ReadList, cancellationToken), TelemetryErrorExplainer.MetricsStore);
    }

    /// <summary>
    /// Lists traces (GET /telemetry/traces with values; Enterprise), streamed in pages that double. From 0.15 a query without text, message and time
    /// covers the last 24 hours alone.
    /// </summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Receives the server's total with the first page: of spans, some of which it may have no event to show for.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The traces in the order of the server.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>tracing-list</c>; <c>RejectedByClient</c> for a blank type or
    /// text, which would be everything; <c>Unsupported</c> without a licence or a history.</exception>
    public IAsyncEnumerable<MailTrace> ListTracesAsync(TraceQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        TraceQuery asked = query with { Type = NormalizeType(query.Type), Text = NormalizeText(query.Text) };
        return new TraceListing(_channel, _server, asked, onTotal).RunAsync(cancellationToken);
    }

    /// <summary>The events of a trace (GET /telemetry/trace/{id}; Enterprise).</summary>
    /// <param name="spanId">The id of the trace.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The events in their order.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there are none; <c>Unsupported</c> without a licence or a history; <c>Forbidden</c>
    /// without the permission <c>tracing-get</c>.</exception>
    public async Task<IReadOnlyList<MailTraceEvent>> GetTraceAsync(ulong spanId, CancellationToken cancellationToken)
    {
        string id = spanId.ToString(CultureInfo.InvariantCulture);
        var context = new ApiRequestContext(Operations.GetTrace);
        IReadOnlyList<MailTraceEvent> events = await ExplainErrorsAsync(
            _channel.ReadAsync(context, _channel.Uri.For(Operations.GetTrace, id), (ref Utf8JsonReader reader) => TraceReader.ReadEvents(ref reader, spanId), cancellationToken),
            TelemetryErrorExplainer.TracingStore).ConfigureAwait(false);
        // The server answers unknown ids with no events.
        return events.Count > 0
            ? events
            : throw new MailServerException(MailErrorCode.NotFound, context.Operation, $"There is no trace {id}, or it is no longer kept.") { Item = id };
    }

    private Task<T> ExplainErrorsAsync<T>(Task<T> call, string store) => TelemetryErrorExplainer.ExplainAsync(new ValueTask<T>(call), _server, store).AsTask();

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
