using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Queue;

/// <summary>A server from 0.16 on: it takes the order and does not tell whether it delivers (docs/api-0.16.md §8.5).</summary>
internal sealed class JmapQueueState(JmapChannel channel) : IQueueState
{
    private readonly JmapActions _actions = new(channel);

    public void CheckStateIsTold(string parameter) => throw MailServerException.CreateUnsupported(
        Operations.CallJmap, parameter, $"from 0.16 on a server does not tell whether deliveries are suspended. Omit -{parameter}.");

    public Task<QueueStateChange?> SuspendAsync(CancellationToken cancellationToken) => RunAsync("PauseMtaQueue", "Suspending the queue", cancellationToken);

    public Task<QueueStateChange?> ResumeAsync(CancellationToken cancellationToken) => RunAsync("ResumeMtaQueue", "Resuming the queue", cancellationToken);

    private async Task<QueueStateChange?> RunAsync(string action, string description, CancellationToken cancellationToken)
    {
        await _actions.RunAsync(action, description, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
