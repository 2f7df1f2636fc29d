using MailAdmin.Client.Api.Telemetry;

namespace MailAdmin.Client;

/// <summary>An event of a trace (GET /telemetry/trace/{id}, GET /telemetry/traces/live, from 0.16 on x:Trace, GET /live/tracing; Enterprise).</summary>
public sealed class MailTraceEvent : ServerObject
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset Created { get; internal set; }
    /// <summary>The stable name of the event, such as <c>smtp.ehlo</c> or <c>delivery.attempt-start</c>.</summary>
    public string Type { get; internal set; } = "";
    /// <summary>What happened, as the server says it; null in lists of traces, and from 0.16 on.</summary>
    public string? Text { get; internal set; }
    /// <summary>What an event of this type means, as the server says it; null in lists of traces, and from 0.16 on.</summary>
    public string? Details { get; internal set; }
    /// <summary>The trace it belongs to; null in the live stream, which does not say. Beyond 2^53: never a double.</summary>
    public ulong? SpanId { get; internal set; }
    /// <summary>
    /// What the server noted, by its camelCase keys, in its order: text, <c>long</c>, <c>ulong</c> or <c>double</c>, <c>bool</c>,
    /// <c>DateTimeOffset</c>, lists of these, and <see cref="MailTraceCause"/> for an event within the event. Durations are milliseconds.
    /// Keys are found in any case.
    /// </summary>
    public NamedValues Data { get; internal set; } = NamedValues.Empty;
    /// <summary>Members of the event this version does not know.</summary>
    public NamedValues AdditionalData { get; internal set; } = NamedValues.Empty;

    /// <summary>The queued message it is about (GET /queue/messages/{id}). Beyond 2^53: never a double.</summary>
    public ulong? QueueId => TraceValues.GetNumber(Data, "queueId");
    /// <summary>The sender; empty for bounces, null where the event names none.</summary>
    public string? From => TraceValues.GetText(Data, "from");
    /// <summary>The recipients that the event names.</summary>
    public StringList To => TraceValues.GetTexts(Data, "to");
    /// <summary>The other side's address.</summary>
    public string? RemoteIp => TraceValues.GetText(Data, "remoteIp");
    /// <summary>The host that the event names.</summary>
    public string? Hostname => TraceValues.GetText(Data, "hostname");
    /// <summary>The domain that the event names.</summary>
    public string? Domain => TraceValues.GetText(Data, "domain");
    /// <summary>The account that the event names.</summary>
    public string? Account => TraceValues.GetText(Data, "accountName");
    /// <summary>Why, where the event says so: its reason, else its details.</summary>
    public string? Reason => TraceValues.GetText(Data, "reason") ?? TraceValues.GetText(Data, "details") ?? TraceValues.GetText(Data, "causedBy");
    /// <summary>How long it took.</summary>
    public TimeSpan? Elapsed => TraceValues.GetDuration(Data, "elapsed");

    /// <summary>What a table shows of it: what happened, where, for whom, and why.</summary>
    public string Summary => string.Join(", ", new[] { Text, Hostname ?? Domain, Prefix("from", From), Prefix("to", string.Join(", ", To)), Account, Reason }.Where(part => !string.IsNullOrEmpty(part)));

    /// <inheritdoc/>
    public override string ToString() => Text ?? Type;

    private static string? Prefix(string word, string? text) => string.IsNullOrEmpty(text) ? null : $"{word} {text}";
}
