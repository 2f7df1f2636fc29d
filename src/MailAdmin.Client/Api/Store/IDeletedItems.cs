namespace MailAdmin.Client.Api.Store;

/// <summary>What was deleted from accounts and can still be restored, as the server keeps it. Accounts come by their names in lower case.</summary>
internal interface IDeletedItems
{
    /// <summary>Whether an item holds what names it to the server.</summary>
    bool CanName(MailDeletedItem item);

    /// <summary>The items of an account, oldest deletion first.</summary>
    Task<IReadOnlyList<MailDeletedItem>> ListAsync(string account, CancellationToken cancellationToken);

    /// <summary>Refuses a restoration where the signed-in account is known not to be allowed it. Nothing is restored.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c>.</exception>
    Task CheckPermissionAsync(string account, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Restores items: one outcome for each, in their order.</summary>
    Task<IReadOnlyList<MailRestoreResult>> RestoreAsync(string account, IReadOnlyList<MailDeletedItem> items, CancellationToken cancellationToken);

    /// <summary>The same with the outcomes of the end.</summary>
    Task<IReadOnlyList<MailRestoreResult>> RestoreAndWaitAsync(string account, IReadOnlyList<MailDeletedItem> items, Action<int, MailTask>? onProgress, CancellationToken cancellationToken);
}
