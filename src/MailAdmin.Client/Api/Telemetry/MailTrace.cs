using MailAdmin.Client.Api.Telemetry;

namespace MailAdmin.Client;

/// <summary>A trace (GET /telemetry/traces, from 0.16 on x:Trace; Enterprise): the events of one delivery, or of one session that queued a message.</summary>
public sealed class MailTrace : ServerObject
{
    /// <summary>The id of the trace (GET /telemetry/trace/{id}; from 0.16 on the number that the id stands for). Beyond 2^53: never a double.</summary>
    public required ulong SpanId { get; init; }
    /// <summary>The event that stands for it: its first delivery attempt or queued message; null where the server sent the id alone.</summary>
    public MailTraceEvent? Event { get; init; }

    /// <summary>When that event happened.</summary>
    public DateTimeOffset? Created => Event?.Created;
    /// <summary>Its stable name, such as <c>delivery.attempt-start</c>.</summary>
    public string? Type => Event?.Type;
    /// <summary>The queued message it is about (GET /queue/messages/{id}). Beyond 2^53: never a double.</summary>
    public ulong? QueueId => Event?.QueueId;
    /// <summary>The sender; empty for bounces.</summary>
    public string? From => Event?.From;
    /// <summary>The recipients.</summary>
    public StringList To => Event?.To ?? StringList.Empty;
    /// <summary>Bytes of the message.</summary>
    public long? Size => Event is null ? null : (long?)TraceValues.GetNumber(Event.Data, "size");
    /// <summary>What the server noted about that event.</summary>
    public NamedValues Data => Event?.Data ?? NamedValues.Empty;

    /// <inheritdoc/>
    public override string ToString() => SpanId.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
