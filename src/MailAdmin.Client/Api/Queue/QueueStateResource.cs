// Stops deliveries and starts them again.
using MailAdmin.Client.Api.Queue;

namespace MailAdmin.Client;

/// <summary>Stops the deliveries of the server, and starts them again.</summary>
public sealed class QueueStateResource
{
    private readonly IQueueState _state;

    internal QueueStateResource(IQueueState state) => _state = state;

    /// <summary>Refuses to return the state where the server does not tell it. Nothing is sent.</summary>
    /// <param name="parameter">The parameter that asks for it.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c> from 0.16 on.</exception>
    public void CheckStateIsTold(string parameter) => _state.CheckStateIsTold(parameter);

    /// <summary>Stops deliveries (PATCH /queue/status/stop; from 0.16 on an action); mail is accepted and waits. From 0.16 on a restart of the server starts them again.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state, and what it was; null from 0.16 on, where the server does not tell.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-update</c> (from 0.16 on <c>sysActionCreate</c> and
    /// <c>actionPauseMtaQueue</c>); <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<QueueStateChange?> SuspendAsync(CancellationToken cancellationToken) => _state.SuspendAsync(cancellationToken);

    /// <summary>Starts deliveries again (PATCH /queue/status/start; from 0.16 on an action).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state, and what it was; null from 0.16 on, where the server does not tell.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-update</c> (from 0.16 on <c>sysActionCreate</c> and
    /// <c>actionResumeMtaQueue</c>); <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<QueueStateChange?> ResumeAsync(CancellationToken cancellationToken) => _state.ResumeAsync(cancellationToken);
}
