namespace MailAdmin.Client.Api.Telemetry;

/// <summary>The history of what a server measured and did, read in the way that the server has.</summary>
internal interface ITelemetry
{
    /// <summary>The call that reads a trace.</summary>
    Operation ReadTrace { get; }

    /// <summary>The measurements of some metrics, or of all.</summary>
    /// <param name="after">Only from this time on; null = from the beginning.</param>
    /// <param name="before">Only until this time; null = until now.</param>
    /// <param name="ids">The exact names of the metrics; null = all.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<IReadOnlyList<MailMetric>> ListMetricsAsync(DateTimeOffset? after, DateTimeOffset? before, IReadOnlyCollection<string>? ids, CancellationToken cancellationToken);

    /// <summary>The traces of a query whose texts have been checked, the newest first.</summary>
    IAsyncEnumerable<MailTrace> ListTracesAsync(TraceQuery query, Action<long>? onTotal, CancellationToken cancellationToken);

    /// <summary>The events of a trace in their order; none where there is no such trace.</summary>
    Task<IReadOnlyList<MailTraceEvent>> GetTraceAsync(ulong spanId, CancellationToken cancellationToken);
}
