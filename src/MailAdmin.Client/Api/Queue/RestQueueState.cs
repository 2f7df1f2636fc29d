namespace MailAdmin.Client.Api.Queue;

/// <summary>A server before 0.16, which tells whether it delivers.</summary>
internal sealed class RestQueueState(QueueResource queue) : IQueueState
{
    public async Task<QueueStateChange?> SuspendAsync(CancellationToken cancellationToken) => await queue.SuspendAsync(cancellationToken).ConfigureAwait(false);

    public async Task<QueueStateChange?> ResumeAsync(CancellationToken cancellationToken) => await queue.ResumeAsync(cancellationToken).ConfigureAwait(false);
}
