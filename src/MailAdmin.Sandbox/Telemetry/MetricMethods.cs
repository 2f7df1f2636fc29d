using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The methods of <c>x:Metric</c>: the history of metrics.</summary>
/// <param name="schema">The types.</param>
/// <param name="metrics">The metrics.</param>
/// <param name="isKept">Whether a store is configured for them.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class MetricMethods(RegistrySchema schema, MetricStore metrics, Func<bool> isKept, TimeProvider clock) : IObjectMethods
{
    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, schema);
        var history = GetHistory().ToDictionary(metric => metric.Number);
        return get.Answer(call, history.Keys.Order(), id => history.TryGetValue(id, out Metric? metric) ? Show(metric) : null);
    }

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, schema);
        Func<Metric, bool>[] conditions = [.. query.Filter.Select(Compile)];
        IEnumerable<ulong> found = GetHistory().Where(metric => conditions.All(condition => condition(metric))).Select(metric => metric.Number);

        // It is read from the anchor on.
        ulong[] ordered = query.IsAscending
            ? [.. found.Where(id => query.Anchor is null || id >= query.Anchor).Order()]
            : [.. found.Where(id => query.Anchor is null || id <= query.Anchor).OrderDescending()];
        return QueryPage.CutOrdered(call, query, ordered);
    }

    public JsonObject Set(MethodContext call) => RefuseSet(call);

    /// <summary>What was measured and what happened can only be read.</summary>
    public static JsonObject RefuseSet(MethodContext call) => SetMethod.Read(call).Apply(
        (_, _) => throw ReadOnly(),
        (_, _) => throw ReadOnly(),
        _ => throw ReadOnly());

    /// <exception cref="MethodException">There is no store.</exception>
    private IReadOnlyList<Metric> GetHistory() => isKept() ? metrics.GetHistory(null, null, clock.GetUtcNow()) : throw MethodException.Unavailable();

    /// <summary>A time in the future is none as a lower bound, and as an upper one.</summary>
    private Func<Metric, bool> Compile(FilterCondition condition)
    {
        switch (condition.Property)
        {
            case "timestamp" when RequestTime.Parse(condition.Text) is { } time:
                DateTimeOffset now = clock.GetUtcNow();
                (DateTimeOffset? From, DateTimeOffset? Until) bounds = condition.Comparison switch
                {
                    FilterComparison.GreaterThan => (time.AddSeconds(1), null),
                    FilterComparison.GreaterThanOrEqual => (time, null),
                    FilterComparison.LessThan => (null, time.AddSeconds(-1)),
                    FilterComparison.LessThanOrEqual => (null, time),
                    _ => (time, time),
                };
                ulong least = (bounds.From is { } lower ? SnowflakeIdGenerator.FindFirst(lower, now) : null) ?? 0;
                ulong most = (bounds.Until is { } upper ? SnowflakeIdGenerator.FindFirst(upper, now) : null) ?? ulong.MaxValue;
                return metric => metric.Number >= least && metric.Number <= most;
            case "metric" when condition.Value is JsonArray list && list.Select(name => name?.ToString() ?? "").Where(IsMetric).ToHashSet(StringComparer.Ordinal) is { Count: > 0 } names:
                return metric => names.Contains(metric.Id);
            default:
                throw MethodException.UnsupportedFilter("Metrics cannot be filtered so.");
        }
    }

    private static JsonObject Show(Metric metric)
    {
        JsonObject shown = TelemetryView.Show(metric);
        shown["timestamp"] = Timestamp.Format(SnowflakeIdGenerator.GetTime(metric.Number));
        return shown;
    }

    private static bool IsMetric(string name) => MetricNames.All.Contains(name) || EventNames.IsEvent(name);

    private static SetException ReadOnly() => SetException.Forbidden("Telemetry can only be read.");
}
