// Reloads, updates, search indexes, purges and counters.
using MailAdmin.Client.Api.Maintenance;

namespace MailAdmin.Client;

/// <summary>What keeps a server in order: reloads, updates, search indexes, purges and counters. Before 0.16 the server does it by the call, from 0.16 on mostly as a task.</summary>
public sealed class MaintenanceResource
{
    private readonly IMaintenance _maintenance;

    internal MaintenanceResource(IMaintenance maintenance) => _maintenance = maintenance;

    /// <summary>Reloads settings (GET /reload, /reload/lookup, /reload/certificate, /reload/server.blocked-ip; from 0.16 on actions). A full reload with an error changes nothing.</summary>
    /// <param name="scope">Which settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Errors, then warnings. The list of errors need not be complete: the server stops at the first stage that has some, from 0.16 on at the first error.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-reload</c> (from 0.16 on <c>sysActionCreate</c> and that of the action);
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<IReadOnlyList<MailSettingProblem>> ReloadAsync(ReloadScope scope, CancellationToken cancellationToken) => _maintenance.ReloadAsync(scope, cancellationToken);

    /// <summary>Refuses a dry run where the server has none. Nothing is sent.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c> from 0.16 on.</exception>
    public void CheckDryRun() => _maintenance.CheckDryRun();

    /// <summary>What a full reload would report, without doing it (GET /reload?dry-run=1).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Errors, then warnings. The list of errors need not be complete: the server stops at the first stage that has some.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-reload</c>; <c>Unsupported</c> from 0.16 on.</exception>
    public Task<IReadOnlyList<MailSettingProblem>> TestAsync(CancellationToken cancellationToken) => _maintenance.TestAsync(cancellationToken);

    /// <summary>Refuses choices that an update of the spam rules does not have. Nothing is sent.</summary>
    /// <param name="overwrite">Also replace rules that were changed here.</param>
    /// <param name="force">Also when the version is the one in use.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c> from 0.16 on.</exception>
    public void CheckSpamFilterUpdate(bool overwrite, bool force) => _maintenance.CheckSpamFilterUpdate(overwrite, force);

    /// <summary>Has the server download the spam rules (GET /update/spam-filter; from 0.16 on a task).</summary>
    /// <param name="overwrite">Also replace rules that were changed here; not from 0.16 on.</param>
    /// <param name="force">Also when the version is the one in use; not from 0.16 on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new version, or null when it is the one in use; from 0.16 on the task.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-update</c> (from 0.16 on <c>sysTaskCreate</c> and
    /// <c>taskSpamFilterMaintenance</c>); <c>Unsupported</c> for a choice that the server does not have; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<MaintenanceOutcome<string>> UpdateSpamFilterAsync(bool overwrite, bool force, CancellationToken cancellationToken) =>
        _maintenance.UpdateSpamFilterAsync(overwrite, force, cancellationToken);

    /// <summary>Has the server download its web administration (GET /update/webadmin; from 0.16 on an action).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the server says that it has; from 0.16 on it does not.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>webadmin-update</c> (from 0.16 on <c>sysActionCreate</c> and <c>actionUpdateApps</c>);
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<bool> UpdateWebAdminAsync(CancellationToken cancellationToken) => _maintenance.UpdateWebAdminAsync(cancellationToken);

    /// <summary>Refuses indexes that the server does not have, or cannot rebuild alone. Nothing is sent.</summary>
    /// <param name="indexes">The indexes; none = what the server takes by default.</param>
    /// <param name="ofAll">Whether it is for all accounts.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> before 0.15 for any but that of mail, and for that of traces of an account; <c>Unsupported</c> from 0.16 on, but for traces.</exception>
    public void CheckReindex(IReadOnlyList<SearchIndex> indexes, bool ofAll)
    {
        ArgumentNullException.ThrowIfNull(indexes);
        _maintenance.CheckReindex(indexes, ofAll);
    }

    /// <summary>Has the server rebuild a search index, in the background (GET /store/reindex, from 0.15 on /store/reindex/{index}, from 0.16 on a task).</summary>
    /// <param name="account">The account's name; null = all of them.</param>
    /// <param name="index">The index; null means that of mail, from 0.16 on all that is indexed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task; null before 0.16, where nothing reports the end.</returns>
    /// <exception cref="ArgumentException">The account is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>fts-reindex</c> (from 0.16 on <c>sysTaskCreate</c> and that of the kind);
    /// <c>NotFound</c> for an unknown account; <c>RejectedByClient</c> when the version has no such choice, or is unknown and the account's name could be taken for an index;
    /// <c>Unsupported</c> for an index alone from 0.16 on; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<MailTask?> ReindexAsync(string? account, SearchIndex? index, CancellationToken cancellationToken) =>
        _maintenance.ReindexAsync(account is null ? null : NormalizeAccount(account), index, cancellationToken);

    /// <summary>Refuses a purge that the server does not have. Nothing is sent.</summary>
    /// <param name="scope">What to purge.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    public void CheckPurge(PurgeScope scope) => _maintenance.CheckPurge(scope);

    /// <summary>Has the server purge a store, or all accounts (GET /store/purge/account, /store/purge/blob, /store/purge/data, /store/purge/in-memory; from 0.16 on a task).</summary>
    /// <param name="scope">What to purge.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task; null before 0.16, where nothing reports the end.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission for the scope; <c>Unsupported</c> for one that the server does not have;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<MailTask?> PurgeAsync(PurgeScope scope, CancellationToken cancellationToken) => _maintenance.PurgeAsync(scope, cancellationToken);

    /// <summary>Has the server purge one account (GET /store/purge/account/{account}; from 0.16 on a task).</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The task; null before 0.16, where nothing reports the end.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>Forbidden</c> without the permission <c>purge-account</c> (from 0.16 on
    /// <c>sysTaskCreate</c> and <c>taskAccountMaintenance</c>); <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<MailTask?> PurgeAccountAsync(string account, CancellationToken cancellationToken) => _maintenance.PurgeAccountAsync(NormalizeAccount(account), cancellationToken);

    /// <summary>Gives mailboxes and messages new IMAP numbers (DELETE /store/uids/{account}; from 0.16 on a task); every client then downloads the account again.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many mailboxes and messages have new numbers; from 0.16 on the task.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<MaintenanceOutcome<MailImapUidReset>> ResetUidsAsync(string account, CancellationToken cancellationToken) => _maintenance.ResetUidsAsync(NormalizeAccount(account), cancellationToken);

    /// <summary>How much an account stores (GET /store/quota/{account}; from 0.16 on x:Account/get).</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage in bytes, from 0.16 on with the quota.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; from 0.16 on <c>Forbidden</c> without the permission <c>sysAccountGet</c>.</exception>
    public Task<MailQuotaUsage> GetQuotaUsageAsync(string account, CancellationToken cancellationToken) => _maintenance.GetQuotaUsageAsync(NormalizeAccount(account), cancellationToken);

    /// <summary>Counts again how much an account stores (DELETE /store/quota/{account}; from 0.16 on a task); only the counter changes.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage in bytes; from 0.16 on the task.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<MaintenanceOutcome<MailQuotaUsage>> RecalculateQuotaUsageAsync(string account, CancellationToken cancellationToken) =>
        _maintenance.RecalculateQuotaUsageAsync(NormalizeAccount(account), cancellationToken);

    // Without a name the server would take every account.
    private static string NormalizeAccount(string account) =>
        string.IsNullOrWhiteSpace(account) ? throw new ArgumentException("The account's name is empty.", nameof(account)) : account.Trim().ToLowerInvariant();
}
