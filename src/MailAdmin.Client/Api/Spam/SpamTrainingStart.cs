namespace MailAdmin.Client;

/// <summary>What became of the start of a training.</summary>
/// <param name="IsStarted">Whether it was begun; false where one is running already, for example.</param>
/// <param name="Task">The task that does it, from 0.16 on; null before.</param>
public sealed record SpamTrainingStart(bool IsStarted, MailTask? Task);
