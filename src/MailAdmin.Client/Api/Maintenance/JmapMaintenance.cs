using MailAdmin.Client.Api.Tasks;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Maintenance;

/// <summary>Maintenance of a server from 0.16 on: actions, and tasks in the background (docs/api-0.16.md §8.10, §8.11).</summary>
internal sealed class JmapMaintenance(JmapChannel channel, PrincipalResource principals) : IMaintenance
{
    private readonly JmapActions _actions = new(channel);
    private readonly JmapTasks _tasks = new(channel);

    public void CheckReindex(IReadOnlyList<SearchIndex> indexes, bool ofAll)
    {
        foreach (SearchIndex index in indexes)
        {
            if (index == SearchIndex.Tracing && !ofAll)
            {
                throw CreateUnsupported("Index", "the index of traces is the server's, not an account's: use -All -Index Tracing.");
            }
            if (index != SearchIndex.Tracing)
            {
                throw CreateUnsupported("Index", $"from 0.16 on a server rebuilds all that it has indexed of an account, and not its index of {index} alone. Omit -Index.{(indexes.Contains(SearchIndex.Tracing) && ofAll ? " The index of traces is rebuilt by a command of its own: -All -Index Tracing." : "")}");
            }
        }
    }

    public void CheckPurge(PurgeScope scope)
    {
        if (scope == PurgeScope.InMemory)
        {
            throw CreateUnsupported("Scope", "from 0.16 on the purge of the data store goes through the in-memory store too: use -Scope Data.");
        }
    }

    public void CheckSpamFilterUpdate(bool overwrite, bool force)
    {
        if (overwrite)
        {
            throw CreateUnsupported("Overwrite", "from 0.16 on an update adds the rules that are missing, and has no way to replace those that are there. Omit -Overwrite; a rule that is removed first comes anew.");
        }
        if (force)
        {
            throw CreateUnsupported("IgnoreVersion", "from 0.16 on each update downloads the rules, whatever their version. Omit -IgnoreVersion.");
        }
    }

    public void CheckDryRun() =>
        throw CreateUnsupported("DryRun", "from 0.16 on a server has no reload that only reports: it checks each setting when it is written, and a reload with an error changes nothing.");

    public async Task<IReadOnlyList<MailSettingProblem>> ReloadAsync(ReloadScope scope, CancellationToken cancellationToken)
    {
        string action = scope switch
        {
            ReloadScope.All => "ReloadSettings",
            ReloadScope.Lookup => "ReloadLookupStores",
            ReloadScope.Certificate => "ReloadTlsCertificates",
            ReloadScope.BlockedIp => "ReloadBlockedIps",
            _ => throw new ArgumentOutOfRangeException(nameof(scope)),
        };
        try
        {
            await _actions.RunAsync(action, "Reloading the settings", cancellationToken).ConfigureAwait(false);
            return [];
        }
        // Whatever is wrong anywhere stops it: the answer names the object.
        catch (MailServerException e) when (e is { Code: MailErrorCode.InvalidRequest or MailErrorCode.FieldMissing, ConflictingObject: { } culprit })
        {
            return
            [
                new MailSettingProblem
                {
                    Severity = MailSettingSeverity.Error,
                    Key = culprit.Type,
                    ObjectId = culprit.Id,
                    Kind = e.ServerCode ?? "",
                    Message = string.IsNullOrWhiteSpace(e.Details) ? e.Message : e.Details.Trim(),
                },
            ];
        }
    }

    public Task<IReadOnlyList<MailSettingProblem>> TestAsync(CancellationToken cancellationToken)
    {
        CheckDryRun();
        throw new InvalidOperationException("A dry run is refused.");
    }

    public async Task<MaintenanceOutcome<string>> UpdateSpamFilterAsync(bool overwrite, bool force, CancellationToken cancellationToken)
    {
        CheckSpamFilterUpdate(overwrite, force);
        return new(null, await _tasks.StartAsync(TaskKind.SpamFilterMaintenance, JmapMaintenanceWords.UpdateRules, null, "Updating the spam rules", cancellationToken).ConfigureAwait(false));
    }

    public async Task<bool> UpdateWebAdminAsync(CancellationToken cancellationToken)
    {
        await _actions.RunAsync("UpdateApps", "Updating the web administration", cancellationToken).ConfigureAwait(false);
        // The answer is the same where the download failed.
        return false;
    }

    public async Task<MailTask?> ReindexAsync(string? account, SearchIndex? index, CancellationToken cancellationToken)
    {
        CheckReindex(index is { } one ? [one] : [], ofAll: account is null);
        return account is not null ? await StartAsync(account, JmapMaintenanceWords.Reindex, $"Rebuilding the index of '{account}'", cancellationToken).ConfigureAwait(false)
            : index == SearchIndex.Tracing ? await StartAsync(JmapMaintenanceWords.ReindexTelemetry, "Rebuilding the index of traces", cancellationToken).ConfigureAwait(false)
            : await StartAsync(JmapMaintenanceWords.ReindexAccounts, "Rebuilding the indexes of all accounts", cancellationToken).ConfigureAwait(false);
    }

    public async Task<MailTask?> PurgeAsync(PurgeScope scope, CancellationToken cancellationToken)
    {
        CheckPurge(scope);
        string word = scope switch
        {
            PurgeScope.AllAccounts => JmapMaintenanceWords.PurgeAccounts,
            PurgeScope.Blob => JmapMaintenanceWords.PurgeBlobs,
            PurgeScope.Data => JmapMaintenanceWords.PurgeData,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "The scope is not known."),
        };
        return await StartAsync(word, "Purging", cancellationToken).ConfigureAwait(false);
    }

    public async Task<MailTask?> PurgeAccountAsync(string account, CancellationToken cancellationToken) =>
        await StartAsync(account, JmapMaintenanceWords.Purge, $"Purging '{account}'", cancellationToken).ConfigureAwait(false);

    public async Task<MaintenanceOutcome<MailImapUidReset>> ResetUidsAsync(string account, CancellationToken cancellationToken) =>
        new(null, await StartAsync(account, JmapMaintenanceWords.RecalculateImapUid, $"Giving the mail of '{account}' new IMAP numbers", cancellationToken).ConfigureAwait(false));

    public async Task<MailQuotaUsage> GetQuotaUsageAsync(string account, CancellationToken cancellationToken)
    {
        MailPrincipal found = await principals.GetMailAccountAsync(account, cancellationToken).ConfigureAwait(false);
        return new MailQuotaUsage(found.Name, found.UsedBytes ?? throw new MailServerException(MailErrorCode.UnexpectedResponse, Operations.CallJmap, $"The server does not say how much '{found.Name}' stores."))
        {
            Quota = found.Quota,
        };
    }

    public async Task<MaintenanceOutcome<MailQuotaUsage>> RecalculateQuotaUsageAsync(string account, CancellationToken cancellationToken) =>
        new(null, await StartAsync(account, JmapMaintenanceWords.RecalculateQuota, $"Counting what '{account}' stores", cancellationToken).ConfigureAwait(false));

    private static MailServerException CreateUnsupported(string parameter, string message) => MailServerException.CreateUnsupported(Operations.CallJmap, parameter, message);

    private Task<MailTask> StartAsync(string word, string description, CancellationToken cancellationToken) =>
        _tasks.StartAsync(TaskKind.StoreMaintenance, word, null, description, cancellationToken);

    private async Task<MailTask> StartAsync(string account, string word, string description, CancellationToken cancellationToken) =>
        await _tasks.StartAsync(TaskKind.AccountMaintenance, word, await principals.GetMailAccountAsync(account, cancellationToken).ConfigureAwait(false), description, cancellationToken).ConfigureAwait(false);
}
