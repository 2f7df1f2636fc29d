namespace MailAdmin.Client.Models.Queue;

/// <summary>What a cancellation of many messages did.</summary>
/// <param name="Matched">The messages that were there before.</param>
/// <param name="Left">Those of them that are still there.</param>
public sealed record QueueCancellation(IReadOnlyList<ulong> Matched, IReadOnlyList<ulong> Left);
