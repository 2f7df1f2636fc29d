namespace MailAdmin.Client.Api.Queue;

/// <summary>Whether a server delivers, as it is told.</summary>
internal interface IQueueState
{
    /// <summary>Refuses to return the state where the server does not tell it.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void CheckStateIsTold(string parameter)
    {
        // By default the server tells it.
    }

    /// <summary>Stops deliveries; null where the server does not tell what changed.</summary>
    Task<QueueStateChange?> SuspendAsync(CancellationToken cancellationToken);

    /// <summary>Starts deliveries again; null where the server does not tell what changed.</summary>
    Task<QueueStateChange?> ResumeAsync(CancellationToken cancellationToken);
}
