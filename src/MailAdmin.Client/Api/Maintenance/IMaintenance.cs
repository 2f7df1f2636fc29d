namespace MailAdmin.Client.Api.Maintenance;

/// <summary>The maintenance of a server, as it does it: at once, or as a task.</summary>
internal interface IMaintenance
{
    /// <summary>Refuses indexes that the server does not have, or cannot rebuild alone.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> before 0.16, <c>Unsupported</c> from then on.</exception>
    void CheckReindex(IReadOnlyList<SearchIndex> indexes, bool ofAll);

    /// <summary>Refuses a purge that the server does not have.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void CheckPurge(PurgeScope scope)
    {
        // By default the server has all of them.
    }

    /// <summary>Refuses choices that an update of the spam rules does not have.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void CheckSpamFilterUpdate(bool overwrite, bool force)
    {
        // By default the server has both.
    }

    /// <summary>Refuses a dry run.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    void CheckDryRun()
    {
        // By default the server has one.
    }

    /// <summary>Reloads settings.</summary>
    Task<IReadOnlyList<MailSettingProblem>> ReloadAsync(ReloadScope scope, CancellationToken cancellationToken);

    /// <summary>What a full reload would report.</summary>
    Task<IReadOnlyList<MailSettingProblem>> TestAsync(CancellationToken cancellationToken);

    /// <summary>Has the server download the spam rules.</summary>
    Task<MaintenanceOutcome<string>> UpdateSpamFilterAsync(bool overwrite, bool force, CancellationToken cancellationToken);

    /// <summary>Has the server download its web administration: whether it says that it has.</summary>
    Task<bool> UpdateWebAdminAsync(CancellationToken cancellationToken);

    /// <summary>Has the server rebuild an index, of an account or of all.</summary>
    Task<MailTask?> ReindexAsync(string? account, SearchIndex? index, CancellationToken cancellationToken);

    /// <summary>Has the server purge a store.</summary>
    Task<MailTask?> PurgeAsync(PurgeScope scope, CancellationToken cancellationToken);

    /// <summary>Has the server purge one account.</summary>
    Task<MailTask?> PurgeAccountAsync(string account, CancellationToken cancellationToken);

    /// <summary>Gives mailboxes and messages new IMAP numbers.</summary>
    Task<MaintenanceOutcome<MailImapUidReset>> ResetUidsAsync(string account, CancellationToken cancellationToken);

    /// <summary>How much an account stores.</summary>
    Task<MailQuotaUsage> GetQuotaUsageAsync(string account, CancellationToken cancellationToken);

    /// <summary>Counts again how much an account stores.</summary>
    Task<MaintenanceOutcome<MailQuotaUsage>> RecalculateQuotaUsageAsync(string account, CancellationToken cancellationToken);
}
