namespace MailAdmin.Sandbox.Events;

/// <summary>An event of the telemetry.</summary>
/// <param name="Type">Its name, such as <c>smtp.ehlo</c>.</param>
/// <param name="At">When.</param>
/// <param name="Span">The span that it belongs to; null for an event without one.</param>
/// <param name="Data">Its values: strings, numbers, times, durations, addresses, lists, bytes, or another event.</param>
internal sealed record TraceEvent(string Type, DateTimeOffset At, TraceSpan? Span, IReadOnlyList<KeyValuePair<string, object?>> Data)
{
    /// <summary>Whether it refers to a message of the queue.</summary>
    public bool RefersToMessage(ulong? queueId = null) =>
        Data.Any(pair => pair is { Key: "queueId", Value: ulong id } && (queueId is null || id == queueId));

    /// <summary>Whether it represents its span in lists: a delivery attempt, or a message put into the queue.</summary>
    public bool IsHeadline => Type is "delivery.attempt-start" or "queue.queue-message" or "queue.queue-message-authenticated";
}
