namespace MailAdmin.Client.Api.Tasks;

/// <summary>The tasks of a server, as it keeps them.</summary>
internal interface ITasks
{
    /// <summary>Refuses what is of use only where there are tasks: a parameter, or null for the whole command.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void ThrowIfNone(string? parameter);

    /// <summary>The tasks that match, those first that are due first, and at the end those that failed.</summary>
    IAsyncEnumerable<MailTask> ListAsync(TaskQuery query, CancellationToken cancellationToken);

    /// <summary>The tasks of these ids that are there still.</summary>
    Task<IReadOnlyList<MailTask>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>The tasks that a task has made to do its work; none before it is done.</summary>
    Task<IReadOnlyList<MailTask>> FindPartsAsync(MailTask task, CancellationToken cancellationToken);

    /// <summary>Removes a task.</summary>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
