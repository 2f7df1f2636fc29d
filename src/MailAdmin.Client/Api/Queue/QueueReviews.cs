namespace MailAdmin.Client;

/// <summary>What a look after the cancellation of messages by id found.</summary>
/// <param name="Remaining">The messages that are still, or again, in the queue.</param>
/// <param name="Uncertain">Messages that are gone and were due: one under delivery may still go out, or come back. All of them when nobody could look.</param>
/// <param name="Failure">Why nobody could look; null = it was possible.</param>
public sealed record QueueCancellationReview(IReadOnlyList<ulong> Remaining, IReadOnlyList<ulong> Uncertain, MailServerException? Failure)
{
    internal static QueueCancellationReview Nothing { get; } = new([], [], null);
}

/// <summary>What a look after rescheduling found.</summary>
/// <param name="Messages">The messages that were rescheduled and are still waiting, as they are now, where they were asked for.</param>
/// <param name="Unmoved">Those whose next try is not when it should be.</param>
/// <param name="Uncertain">Those that were tried since, perhaps by a try that had begun before. All of them when nobody could look.</param>
/// <param name="Failure">Why nobody could look; null = it was possible.</param>
public sealed record QueueRescheduleReview(
    IReadOnlyList<MailQueueMessage> Messages, IReadOnlyList<QueueUnmovedMessage> Unmoved, IReadOnlyList<ulong> Uncertain, MailServerException? Failure)
{
    internal static QueueRescheduleReview Nothing { get; } = new([], [], [], null);
}

/// <summary>A message whose next try is not when it should be.</summary>
/// <param name="Id">The queue id.</param>
/// <param name="NextRetry">When it is tried instead; null when it is no longer waiting.</param>
/// <param name="WasDue">Whether it was due when it was rescheduled, and so probably under delivery.</param>
public sealed record QueueUnmovedMessage(ulong Id, DateTimeOffset? NextRetry, bool WasDue);
