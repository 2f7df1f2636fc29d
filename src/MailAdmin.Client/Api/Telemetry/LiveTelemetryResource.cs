// GET /telemetry/traces/live and GET /telemetry/metrics/live, from 0.16 on GET /live/tracing and GET /live/metrics: what the server does, while it does it.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Streams;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The live streams (docs/api.md §7; from 0.16 on docs/api-0.16.md §8.7; Enterprise). They are opened again when they break off, and end with whoever reads them.</summary>
public sealed class LiveTelemetryResource
{
    private const string MetricFrame = "metrics";

    // The server says something every thirty seconds.
    private static readonly TimeSpan s_traceIdleTimeout = TimeSpan.FromSeconds(90);

    private readonly Connection _connection;
    private readonly OAuthResource _tokens;
    private readonly ITelemetryStreams _streams;

    internal LiveTelemetryResource(Connection connection, OAuthResource tokens, ITelemetryStreams streams) => (_connection, _tokens, _streams) = (connection, tokens, streams);

    /// <summary>The events of the server as they happen (GET /telemetry/traces/live, from 0.16 on GET /live/tracing; Enterprise). Once one of a trace matched, all that follow in it are sent.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="cancellationToken">Closes the stream.</param>
    /// <returns>The events, streamed.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>tracing-live</c> (from 0.16 on <c>liveTracing</c>); <c>Unsupported</c> without a licence, and for a filter that the server would ignore; the
    /// last error when the server was unreachable for more than five minutes.</exception>
    public IAsyncEnumerable<MailTraceEvent> WatchTracesAsync(TraceFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Uri address = _connection.Channel.Uri.ForQuery(_streams.WatchTraces, _streams.GetQuery(filter));
        return FollowAsync(new EventStreamRequest<IReadOnlyList<MailTraceEvent>>(_streams.WatchTraces, address, StreamPurpose.Tracing, s_traceIdleTimeout, ReadTrace), cancellationToken);
    }

    /// <summary>Measurements, at once and then at every interval, with the time of their arrival (GET /telemetry/metrics/live, from 0.16 on GET /live/metrics; Enterprise).</summary>
    /// <param name="ids">Which ones, by their exact names; empty = all.</param>
    /// <param name="interval">How often, in whole seconds from 1 on.</param>
    /// <param name="onAbsent">Receives the ids that are not among the first measurements: misspelt, or of an event that has not happened yet.</param>
    /// <param name="cancellationToken">Closes the stream.</param>
    /// <returns>The measurements, streamed.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>metrics-live</c> (from 0.16 on <c>liveMetrics</c>); <c>Unsupported</c> without a licence; the
    /// last error when the server was unreachable for more than five minutes.</exception>
    public IAsyncEnumerable<MailMetric> WatchMetricsAsync(IReadOnlyCollection<string> ids, TimeSpan interval, Action<IReadOnlyList<string>>? onAbsent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (interval < TimeSpan.FromSeconds(1))
        {
            throw MailServerException.CreateRefusal(_streams.WatchMetrics, "interval", "The interval is shorter than a second: the server would take 30 seconds.");
        }
        Uri address = _connection.Channel.Uri.ForQuery(_streams.WatchMetrics,
        [
            new("metrics", string.Join(',', ids)),
            new("interval", ((long)interval.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
        ]);
        TimeSpan silence = (2 * interval) + TimeSpan.FromSeconds(30);
        return FollowAsync(new EventStreamRequest<IReadOnlyList<MailMetric>>(_streams.WatchMetrics, address, StreamPurpose.Metrics, silence, Read), cancellationToken);

        IReadOnlyList<MailMetric> Read(string name, ReadOnlySpan<byte> data)
        {
            IReadOnlyList<MailMetric> wanted = ReadMetrics(name, data, ids);
            if (name == MetricFrame && ids.Except(wanted.Select(metric => metric.Id)).ToArray() is { Length: > 0 } absent)
            {
                onAbsent?.Invoke(absent);
            }
            onAbsent = name == MetricFrame ? null : onAbsent;
            return wanted;
        }
    }

    private async IAsyncEnumerable<T> FollowAsync<T>(EventStreamRequest<IReadOnlyList<T>> request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = new EventStream<IReadOnlyList<T>>(request, _connection.Channel, _connection.Session, _tokens, _connection.Time);
        var live = new ReconnectingEventStream<IReadOnlyList<T>>(stream, _connection.WaitNotifier, _connection.Time);
        await using IAsyncEnumerator<IReadOnlyList<T>> frames = live.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(frames).ConfigureAwait(false))
        {
            foreach (T item in frames.Current)
            {
                yield return item;
            }
        }
    }

    private async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> frames)
    {
        try
        {
            return await frames.MoveNextAsync().ConfigureAwait(false);
        }
        catch (MailServerException e)
        {
            throw _streams.Explain(e);
        }
    }

    // A ping is a sign of life and nothing else.
    private IReadOnlyList<MailTraceEvent> ReadTrace(string name, ReadOnlySpan<byte> data)
    {
        if (name != "trace")
        {
            return [];
        }
        Utf8JsonReader reader = CreateReader(data);
        return _streams.ReadEvents(ref reader);
    }

    // A class of metrics of which none is named is sent in full: the rest is dropped here.
    private MailMetric[] ReadMetrics(string name, ReadOnlySpan<byte> data, IReadOnlyCollection<string> ids)
    {
        if (name != MetricFrame)
        {
            return [];
        }
        Utf8JsonReader reader = CreateReader(data);
        DateTimeOffset now = _connection.Time.GetUtcNow();
        MailMetric[] metrics = [.. _streams.ReadMetrics(ref reader).Where(metric => ids.Count == 0 || ids.Contains(metric.Id))];
        foreach (MailMetric metric in metrics)
        {
            metric.Timestamp ??= now;
        }
        return metrics;
    }

    private static Utf8JsonReader CreateReader(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        return reader;
    }
}
