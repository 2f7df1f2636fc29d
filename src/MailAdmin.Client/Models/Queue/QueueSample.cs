namespace MailAdmin.Client.Models.Queue;

/// <summary>How many messages a filter means, and the first of them: what someone who confirms is to see.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Messages">The first ones, by id.</param>
public sealed record QueueSample(long Total, IReadOnlyList<MailQueueMessage> Messages);
