namespace MailAdmin.Client;

/// <summary>What came of maintenance: what the server answered when it was done, or the task that it has begun with (from 0.16 on).</summary>
/// <typeparam name="T">What it answers.</typeparam>
/// <param name="Result">The answer; null where there is a task.</param>
/// <param name="Task">The task; null where it was done before the answer came.</param>
public sealed record MaintenanceOutcome<T>(T? Result, MailTask? Task)
    where T : class;
