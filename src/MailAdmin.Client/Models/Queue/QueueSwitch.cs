namespace MailAdmin.Client.Models.Queue;

/// <summary>What suspending or resuming the queue did.</summary>
/// <param name="WasRunning">Whether it ran before.</param>
/// <param name="Status">How it stands now.</param>
public sealed record QueueSwitch(bool WasRunning, MailQueueStatus Status);
