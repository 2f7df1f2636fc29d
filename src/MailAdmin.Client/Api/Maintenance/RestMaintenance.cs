// /reload, /update, /store/reindex and what the store does: calls that change the server, so they are sent once.
using System.Net;
using System.Text.Json;
using MailAdmin.Client.Api.Settings;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Maintenance;

/// <summary>Maintenance of a server before 0.16 (docs/api.md §6.7, §6.8).</summary>
internal sealed class RestMaintenance(ApiChannel channel, ServerDialect dialect, StoreResource store) : IMaintenance
{
    public void CheckReindex(IReadOnlyList<SearchIndex> indexes, bool ofAll)
    {
        foreach (SearchIndex index in indexes)
        {
            if (dialect.HasNamedIndexes == false && index != SearchIndex.Email)
            {
                throw MailServerException.CreateRefusal(Operations.ReindexNamed, "index", $"This server has one index, that of mail. An index of {index} exists from server 0.15 on.");
            }
            if (index == SearchIndex.Tracing && !ofAll)
            {
                throw MailServerException.CreateRefusal(Operations.ReindexNamedForAccount, "index", "The index of traces is the server's, not an account's: use -All -Index Tracing.");
            }
        }
    }

    public Task<IReadOnlyList<MailSettingProblem>> ReloadAsync(ReloadScope scope, CancellationToken cancellationToken)
    {
        Operation operation = scope switch
        {
            ReloadScope.All => Operations.ReloadSettings,
            ReloadScope.Lookup => Operations.ReloadLookups,
            ReloadScope.Certificate => Operations.ReloadCertificates,
            ReloadScope.BlockedIp => Operations.ReloadBlockedIps,
            _ => throw new ArgumentOutOfRangeException(nameof(scope)),
        };
        return SendOnceAsync(operation, channel.Uri.For(operation), SettingsReader.ReadProblems, "Reloading the settings", cancellationToken);
    }

    public Task<IReadOnlyList<MailSettingProblem>> TestAsync(CancellationToken cancellationToken)
    {
        // A dry run changes nothing.
        var context = new ApiRequestContext(Operations.ReloadSettings) { Idempotency = Idempotency.Idempotent, ChangesServer = false };
        // Without a value the server would drop the word and reload in earnest.
        return channel.ReadAsync(context, channel.Uri.ForQuery(Operations.ReloadSettings, [new("dry-run", "1")]), SettingsReader.ReadProblems, cancellationToken);
    }

    public async Task<MaintenanceOutcome<string>> UpdateSpamFilterAsync(bool overwrite, bool force, CancellationToken cancellationToken)
    {
        Uri target = channel.Uri.ForQuery(Operations.UpdateSpamFilter, [new("overwrite", overwrite ? "1" : null), new("force", force ? "1" : null)]);
        return new(await DownloadAsync(Operations.UpdateSpamFilter, target, ReadVersion, "Updating the spam rules", cancellationToken).ConfigureAwait(false), null);
    }

    public async Task<bool> UpdateWebAdminAsync(CancellationToken cancellationToken)
    {
        await DownloadAsync(Operations.UpdateWebAdmin, channel.Uri.For(Operations.UpdateWebAdmin), DataReaders.ReadNull, "Updating the web administration", cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task<MailTask?> ReindexAsync(string? account, SearchIndex? index, CancellationToken cancellationToken)
    {
        CheckReindex(index is { } one ? [one] : [], ofAll: account is null);
        await (dialect.HasNamedIndexes switch
        {
            true => ReindexNamedAsync(account, index ?? SearchIndex.Email, cancellationToken),
            false => ReindexUnnamedAsync(account, cancellationToken),
            null when index is not null => ReindexNamedAsync(account, index.Value, cancellationToken),
            null when Enum.TryParse<SearchIndex>(account, ignoreCase: true, out _) => throw MailServerException.CreateRefusal(Operations.ReindexAccount, "index", $"The server's version is unknown to this connection, and from 0.15 on '{account}' is the name of an index. Say which index."),
            null => ReindexUnknownVersionAsync(account, cancellationToken),
        }).ConfigureAwait(false);
        return null;
    }

    public async Task<MailTask?> PurgeAsync(PurgeScope scope, CancellationToken cancellationToken)
    {
        await store.PurgeAsync(scope, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async Task<MailTask?> PurgeAccountAsync(string account, CancellationToken cancellationToken)
    {
        await store.PurgeAccountAsync(account, cancellationToken).ConfigureAwait(false);
        return null;
    }

    public async Task<MaintenanceOutcome<MailImapUidReset>> ResetUidsAsync(string account, CancellationToken cancellationToken) =>
        new(await store.ResetUidsAsync(account, cancellationToken).ConfigureAwait(false), null);

    public Task<MailQuotaUsage> GetQuotaUsageAsync(string account, CancellationToken cancellationToken) => store.GetQuotaUsageAsync(account, cancellationToken);

    public async Task<MaintenanceOutcome<MailQuotaUsage>> RecalculateQuotaUsageAsync(string account, CancellationToken cancellationToken) =>
        new(await store.RecalculateQuotaUsageAsync(account, cancellationToken).ConfigureAwait(false), null);

    // The old form does nothing on a new server: without an account it is not a route, and no account has the name of an index here.
    private async Task ReindexUnknownVersionAsync(string? name, CancellationToken cancellationToken)
    {
        try
        {
            await ReindexUnnamedAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e is { Status: HttpStatusCode.NotFound, Code: MailErrorCode.Unsupported } or { Status: HttpStatusCode.BadRequest, Code: MailErrorCode.InvalidRequest })
        {
            await ReindexNamedOfUnknownVersionAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReindexNamedOfUnknownVersionAsync(string? name, CancellationToken cancellationToken)
    {
        try
        {
            await ReindexNamedAsync(name, SearchIndex.Email, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e is { Status: HttpStatusCode.NotFound, Code: MailErrorCode.Unsupported })
        {
            throw MissingRoutes.CreateUnknownRoute(e);
        }
    }

    private Task<bool> ReindexUnnamedAsync(string? name, CancellationToken cancellationToken) => name is null
        ? ReindexAsync(Operations.Reindex, channel.Uri.For(Operations.Reindex), cancellationToken)
        : ReindexAsync(Operations.ReindexAccount, channel.Uri.For(Operations.ReindexAccount, name), cancellationToken);

    private async Task ReindexNamedAsync(string? name, SearchIndex index, CancellationToken cancellationToken)
    {
        string word = index.ToString().ToLowerInvariant();
        await (name is null
            ? ReindexAsync(Operations.ReindexNamed, channel.Uri.For(Operations.ReindexNamed, word), cancellationToken)
            : ReindexAsync(Operations.ReindexNamedForAccount, channel.Uri.For(Operations.ReindexNamedForAccount, word, name), cancellationToken)).ConfigureAwait(false);
    }

    private Task<bool> ReindexAsync(Operation operation, Uri target, CancellationToken cancellationToken) =>
        SendOnceAsync(operation, target, DataReaders.ReadNull, "Rebuilding the index", cancellationToken);

    // The server's own failure is that of the download: nothing was replaced.
    private Task<T> DownloadAsync<T>(Operation operation, Uri target, DataReader<T> read, string action, CancellationToken cancellationToken) =>
        channel.ReadAsync(new ApiRequestContext(operation) { Action = action, OwnFailureMeansUndone = true }, target, read, cancellationToken);

    private Task<T> SendOnceAsync<T>(Operation operation, Uri target, DataReader<T> read, string action, CancellationToken cancellationToken) =>
        channel.ReadAsync(new ApiRequestContext(operation) { Action = action }, target, read, cancellationToken);

    internal static string? ReadVersion(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => JsonElement.ParseValue(ref reader).GetRawText(),
        _ => throw new JsonException("A version is a text."),
    };
}
