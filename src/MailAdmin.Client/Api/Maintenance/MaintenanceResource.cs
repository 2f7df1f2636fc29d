// /reload, /update and /store/reindex: GETs that change the server, so they are sent once.
using System.Net;
using System.Text.Json;
using MailAdmin.Client.Api.Settings;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Reloads, updates, and rebuilding of search indexes (docs/api.md §6.7, §6.8). These are GETs that change the server, so they are sent once.</summary>
public sealed class MaintenanceResource
{
    private readonly ApiChannel _channel;
    private readonly ServerDialect _dialect;

    internal MaintenanceResource(ApiChannel channel, ServerDialect dialect) => (_channel, _dialect) = (channel, dialect);

    /// <summary>Reloads settings (GET /reload, /reload/lookup, /reload/certificate, /reload/server.blocked-ip). A full reload with an error changes nothing.</summary>
    /// <param name="scope">Which settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Errors, then warnings. The list of errors need not be complete: the server stops at the first stage that has some.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-reload</c>; <c>OutcomeUnknown</c> when the answer was lost.</exception>
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
        return SendOnceAsync(operation, _channel.Uri.For(operation), SettingsReader.ReadProblems, "Reloading the settings", cancellationToken);
    }

    /// <summary>What a full reload would report, without doing it (GET /reload?dry-run=1).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Errors, then warnings. The list of errors need not be complete: the server stops at the first stage that has some.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>settings-reload</c>.</exception>
    public Task<IReadOnlyList<MailSettingProblem>> TestAsync(CancellationToken cancellationToken)
    {
        // A dry run changes nothing.
        var context = new ApiRequestContext(Operations.ReloadSettings) { Idempotency = Idempotency.Idempotent, ChangesServer = false };
        // Without a value the server would drop the word and reload in earnest.
        return _channel.ReadAsync(context, _channel.Uri.ForQuery(Operations.ReloadSettings, [new("dry-run", "1")]), SettingsReader.ReadProblems, cancellationToken);
    }

    /// <summary>Has the server download the spam rules (GET /update/spam-filter).</summary>
    /// <param name="overwrite">Also replace rules that were changed here.</param>
    /// <param name="force">Also when the version is the one in use.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new version, or null when it is the one in use.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>spam-filter-update</c>; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<string?> UpdateSpamFilterAsync(bool overwrite, bool force, CancellationToken cancellationToken)
    {
        Uri target = _channel.Uri.ForQuery(Operations.UpdateSpamFilter, [new("overwrite", overwrite ? "1" : null), new("force", force ? "1" : null)]);
        return DownloadAsync(Operations.UpdateSpamFilter, target, ReadVersion, "Updating the spam rules", cancellationToken);
    }

    /// <summary>Has the server download its web administration (GET /update/webadmin).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>webadmin-update</c>; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task UpdateWebAdminAsync(CancellationToken cancellationToken) =>
        DownloadAsync(Operations.UpdateWebAdmin, _channel.Uri.For(Operations.UpdateWebAdmin), DataReaders.ReadNull, "Updating the web administration", cancellationToken);

    /// <summary>Has the server rebuild a search index, in the background (GET /store/reindex, from 0.15 on /store/reindex/{index}). Nothing reports the end.</summary>
    /// <param name="account">The account's name; null = all of them.</param>
    /// <param name="index">The index; null means that of mail, the only one before 0.15.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The account is empty.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>fts-reindex</c>; <c>NotFound</c> for an unknown account;
    /// <c>RejectedByClient</c> when the version has no such choice, or is unknown and the account's name could be taken for an index;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task ReindexAsync(string? account, SearchIndex? index, CancellationToken cancellationToken)
    {
        if (account is not null && string.IsNullOrWhiteSpace(account))
        {
            throw new ArgumentException("The account is empty.", nameof(account));
        }
        string? name = account?.Trim().ToLowerInvariant();
        return _dialect.HasNamedIndexes switch
        {
            true => ReindexNamedAsync(name, index ?? SearchIndex.Email, cancellationToken),
            false when index is not null and not SearchIndex.Email => throw MailServerException.CreateRefusal(Operations.ReindexNamed, "index", $"This server has one index, that of mail. An index of {index} exists from server 0.15 on."),
            false => ReindexUnnamedAsync(name, cancellationToken),
            null when index is not null => ReindexNamedAsync(name, index.Value, cancellationToken),
            null when Enum.TryParse<SearchIndex>(account, ignoreCase: true, out _) => throw MailServerException.CreateRefusal(Operations.ReindexAccount, "index", $"The server's version is unknown to this connection, and from 0.15 on '{account}' is the name of an index. Say which index."),
            null => ReindexUnknownVersionAsync(name, cancellationToken),
        };
    }

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
        ? ReindexAsync(Operations.Reindex, _channel.Uri.For(Operations.Reindex), cancellationToken)
        : ReindexAsync(Operations.ReindexAccount, _channel.Uri.For(Operations.ReindexAccount, name), cancellationToken);

    private async Task ReindexNamedAsync(string? name, SearchIndex index, CancellationToken cancellationToken)
    {
        if (index == SearchIndex.Tracing && name is not null)
        {
            throw MailServerException.CreateRefusal(Operations.ReindexNamedForAccount, "index", "The index of traces is the server's, not an account's.");
        }
        string word = index.ToString().ToLowerInvariant();
        await (name is null
            ? ReindexAsync(Operations.ReindexNamed, _channel.Uri.For(Operations.ReindexNamed, word), cancellationToken)
            : ReindexAsync(Operations.ReindexNamedForAccount, _channel.Uri.For(Operations.ReindexNamedForAccount, word, name), cancellationToken)).ConfigureAwait(false);
    }

    private Task<bool> ReindexAsync(Operation operation, Uri target, CancellationToken cancellationToken) =>
        SendOnceAsync(operation, target, DataReaders.ReadNull, "Rebuilding the index", cancellationToken);

    // The server's own failure is that of the download: nothing was replaced.
    private Task<T> DownloadAsync<T>(Operation operation, Uri target, DataReader<T> read, string action, CancellationToken cancellationToken) =>
        _channel.ReadAsync(new ApiRequestContext(operation) { Action = action, OwnFailureMeansUndone = true }, target, read, cancellationToken);

    private Task<T> SendOnceAsync<T>(Operation operation, Uri target, DataReader<T> read, string action, CancellationToken cancellationToken) =>
        _channel.ReadAsync(new ApiRequestContext(operation) { Action = action }, target, read, cancellationToken);

    internal static string? ReadVersion(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => JsonElement.ParseValue(ref reader).GetRawText(),
        _ => throw new JsonException("A version is a text."),
    };
}
