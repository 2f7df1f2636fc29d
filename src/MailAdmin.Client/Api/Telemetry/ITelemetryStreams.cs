using System.Text.Json;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Where a server has its live streams, and how their frames are read.</summary>
internal interface ITelemetryStreams
{
    /// <summary>The stream of events.</summary>
    Operation WatchTraces { get; }

    /// <summary>The stream of measurements.</summary>
    Operation WatchMetrics { get; }

    /// <summary>A filter as the server takes it.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>: the server would ignore it, and send every event.</exception>
    IReadOnlyList<KeyValuePair<string, string?>> GetQuery(TraceFilter filter);

    /// <summary>The events of a frame; the reader stands on its start.</summary>
    IReadOnlyList<MailTraceEvent> ReadEvents(ref Utf8JsonReader reader);

    /// <summary>The measurements of a frame; the reader stands on its start.</summary>
    IReadOnlyList<MailMetric> ReadMetrics(ref Utf8JsonReader reader);

    /// <summary>The error as it is to be reported.</summary>
    MailServerException Explain(MailServerException e);
}
