// /store: blobs, purges, counters and deleted items.
using System.Text.Json;
using MailAdmin.Client.Api.Store;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The stores of the server (docs/api.md §6.8, §6.9).</summary>
public sealed class StoreResource
{
    private const string BlobMediaType = "application/octet-stream";
    private const int BufferBytes = 64 * 1024;
    private readonly ApiChannel _channel;
    private readonly IBlobs _blobs;
    private readonly IDeletedItems _deleted;

    internal StoreResource(ApiChannel channel, IBlobs blobs, IDeletedItems deleted) => (_channel, _blobs, _deleted) = (channel, blobs, deleted);

    /// <summary>How many items one restoration may name, so that its call stays far below 1 MiB.</summary>
    public const int MaxRestoreItems = 1000;

    /// <summary>The bytes of a blob (GET /store/blobs/{hash}; from 0.16 on GET /jmap/download/{account}/{blob}/{name}).</summary>
    /// <param name="blobId">The id of the blob.</param>
    /// <param name="offset">How many bytes to skip; null = none.</param>
    /// <param name="limit">How many bytes at most, from 1 on; null = all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The bytes; none for a range beyond its end.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> without the permission <c>blob-fetch</c>.</exception>
    public async Task<byte[]> GetBlobAsync(string blobId, long? offset, long? limit, CancellationToken cancellationToken)
    {
        if (!_blobs.TakesRange && (offset > 0 || limit is not null))
        {
            using var part = new MemoryStream();
            await CopyBlobAsync(blobId, offset, limit, part, cancellationToken).ConfigureAwait(false);
            return part.ToArray();
        }
        var context = new ApiRequestContext(_blobs.Operation) { MaxResponseBytes = ResponseSize.MaxBlob };
        using HttpResponseMessage response = await _channel.SendAsync(context, GetBlobUri(blobId, offset, limit), null, cancellationToken).ConfigureAwait(false);
        return await ReadBlobAsync(response, context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies the bytes of a blob as they arrive (GET /store/blobs/{hash}; from 0.16 on GET /jmap/download/{account}/{blob}/{name}).</summary>
    /// <param name="blobId">The id of the blob.</param>
    /// <param name="offset">How many bytes to skip; null = none.</param>
    /// <param name="limit">How many bytes at most, from 1 on; null = all.</param>
    /// <param name="destination">The stream to write to.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many bytes were copied.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Unreachable</c> or <c>TimedOut</c> when it ends in the middle;
    /// <c>Forbidden</c> without the permission <c>blob-fetch</c>.</exception>
    public async Task<long> CopyBlobAsync(string blobId, long? offset, long? limit, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var context = new ApiRequestContext(_blobs.Operation) { Streams = true };
        using HttpResponseMessage response = await _channel.SendAsync(context, GetBlobUri(blobId, offset, limit), null, cancellationToken).ConfigureAwait(false);
        if (!IsBlob(response))
        {
            await ReadBlobAsync(response, context, cancellationToken).ConfigureAwait(false);
        }
        return _blobs.TakesRange || (offset is null or 0 && limit is null)
            ? await CopyAsync(response, context, destination, cancellationToken).ConfigureAwait(false)
            : await CopyPartAsync(response, context, offset ?? 0, limit ?? long.MaxValue, destination, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Has the server purge a store (GET /store/purge/account, /store/purge/blob, /store/purge/data, /store/purge/in-memory). It is queued: nothing
    /// reports the end, and a purge of what is being purged is skipped.
    /// </summary>
    /// <param name="scope">What to purge.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission for the scope, such as <c>purge-blob-store</c>;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task PurgeAsync(PurgeScope scope, CancellationToken cancellationToken)
    {
        // Never a word from outside: the server takes an unknown one for the whole store.
        Operation operation = scope switch
        {
            PurgeScope.AllAccounts => Operations.PurgeAccounts,
            PurgeScope.Blob => Operations.PurgeBlobs,
            PurgeScope.Data => Operations.PurgeData,
            PurgeScope.InMemory => Operations.PurgeInMemory,
            _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "The scope is not known."),
        };
        return _channel.SendAsync(new ApiRequestContext(operation) { Action = "Purging" }, _channel.Uri.For(operation), cancellationToken);
    }

    /// <summary>Has the server purge one account (GET /store/purge/account/{account}), in the background.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>Forbidden</c> without the permission <c>purge-account</c>;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task PurgeAccountAsync(string account, CancellationToken cancellationToken) => SendForAccountAsync(Operations.PurgeAccount, account, DataReaders.ReadNull, cancellationToken);

    /// <summary>Gives mailboxes and messages new IMAP numbers (DELETE /store/uids/{account}); every client then downloads the account again.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many mailboxes and messages have new numbers.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>OutcomeUnknown</c> when the answer was lost. The server demands no permission.</exception>
    public async Task<MailImapUidReset> ResetUidsAsync(string account, CancellationToken cancellationToken)
    {
        (long mailboxes, long emails) = await SendForAccountAsync(Operations.ResetImapUids, account, ReadPair, cancellationToken).ConfigureAwait(false);
        return new MailImapUidReset(NormalizeAccount(account), mailboxes, emails);
    }

    /// <summary>How much an account stores (GET /store/quota/{account}).</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage in bytes.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account. The server demands no permission.</exception>
    public async Task<MailQuotaUsage> GetQuotaUsageAsync(string account, CancellationToken cancellationToken) => new(
        NormalizeAccount(account), await SendForAccountAsync(Operations.GetQuotaUsage, account, DataReaders.ReadNumber, cancellationToken).ConfigureAwait(false));

    /// <summary>Counts again how much an account stores (DELETE /store/quota/{account}); only the counter changes.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage in bytes.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>OutcomeUnknown</c> when the answer was lost. The server demands no permission.</exception>
    public async Task<MailQuotaUsage> RecalculateQuotaUsageAsync(string account, CancellationToken cancellationToken) => new(
        NormalizeAccount(account), await SendForAccountAsync(Operations.RecalculateQuotaUsage, account, DataReaders.ReadNumber, cancellationToken).ConfigureAwait(false));

    /// <summary>What was deleted from an account and can still be restored (GET /store/undelete/{account}; from 0.16 on x:ArchivedItem/query, x:ArchivedItem/get; Enterprise).</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The items, oldest deletion first.</returns>
    /// <exception cref="ArgumentException">The account's name is empty.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>Unsupported</c> without a licence; <c>Forbidden</c> without
    /// the permission <c>undelete</c>, from 0.16 on <c>sysArchivedItemQuery</c> and <c>sysArchivedItemGet</c>, and <c>impersonate</c> for another's account.</exception>
    public async Task<IReadOnlyList<MailDeletedItem>> ListDeletedAsync(string account, CancellationToken cancellationToken) =>
        await _deleted.ListAsync(NormalizeAccount(account), cancellationToken).ConfigureAwait(false);

    /// <summary>Whether a restoration can name an item by what it holds; one that was read from text may have lost it, and is found by a list again.</summary>
    /// <param name="item">The item.</param>
    public bool CanName(MailDeletedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _deleted.CanName(item);
    }

    /// <summary>Says whether the signed-in account is known not to be allowed to restore items of an account, as <see cref="RestoreAsync"/> would, and restores nothing (from 0.16 on POST /jmap, x:Account/query).</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing; <c>NotFound</c> for an unknown account. Before 0.16 the server decides.</exception>
    public Task CheckPermissionToRestoreAsync(string account, CancellationToken cancellationToken) => _deleted.CheckPermissionAsync(NormalizeAccount(account), cancellationToken);

    /// <summary>Restores items of one account into its Inbox (POST /store/undelete/{account}; from 0.16 on x:ArchivedItem/set; Enterprise).</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="items">The items: at least one, since the server restores everything when none is named; at most <see cref="MaxRestoreItems"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One outcome for each item, in their order; from 0.16 on <c>Requested</c> where the server is to restore it in the background.</returns>
    /// <exception cref="ArgumentException">There are none, too many, or some that the server cannot restore, or that cannot be named.</exception>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown account; <c>Unsupported</c> without a licence; <c>Forbidden</c> without
    /// the permission <c>undelete</c>, from 0.16 on <c>sysArchivedItemGet</c> and <c>sysArchivedItemUpdate</c>, and <c>impersonate</c> for another's account;
    /// <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public async Task<IReadOnlyList<MailRestoreResult>> RestoreAsync(string account, IReadOnlyList<MailDeletedItem> items, CancellationToken cancellationToken)
    {
        Check(items);
        return await _deleted.RestoreAsync(NormalizeAccount(account), items, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Restores items as <see cref="RestoreAsync"/>, and waits for the end (POST /store/undelete/{account}, whose answer is the end; from 0.16 on also x:Task/query and x:Task/get, after
    /// pauses that grow to 5 seconds).
    /// </summary>
    /// <param name="account">The account's name.</param>
    /// <param name="items">The items, as for <see cref="RestoreAsync"/>.</param>
    /// <param name="onProgress">Receives what is left: tasks, and the one that is due next.</param>
    /// <param name="cancellationToken">Ends the waiting, not the tasks.</param>
    /// <returns>One outcome for each item, in their order; <c>Requested</c> with a reason where the end could not be seen.</returns>
    /// <exception cref="ArgumentException">As for <see cref="RestoreAsync"/>.</exception>
    /// <exception cref="MailServerException">As for <see cref="RestoreAsync"/>; from 0.16 on also <c>Forbidden</c> without the permissions <c>sysTaskQuery</c> and
    /// <c>sysTaskGet</c>, before anything is restored.</exception>
    public async Task<IReadOnlyList<MailRestoreResult>> RestoreAndWaitAsync(
        string account, IReadOnlyList<MailDeletedItem> items, Action<int, MailTask>? onProgress, CancellationToken cancellationToken)
    {
        Check(items);
        return await _deleted.RestoreAndWaitAsync(NormalizeAccount(account), items, onProgress, cancellationToken).ConfigureAwait(false);
    }

    private static void Check(IReadOnlyList<MailDeletedItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count is 0 or > MaxRestoreItems || items.Any(item => !item.IsRestorable))
        {
            throw new ArgumentException($"A restoration takes 1 to {MaxRestoreItems} e-mails.", nameof(items));
        }
    }

    internal static async Task<byte[]> ReadBlobAsync(HttpResponseMessage response, ApiRequestContext context, CancellationToken cancellationToken)
    {
        byte[] bytes = await ResponseReader.ReadBytesAsync(response, context, cancellationToken).ConfigureAwait(false);
        // Bytes of any other type are a page of a proxy, or JSON that is not an error of the server.
        return IsBlob(response) ? bytes : throw ResponseReader.CreateUnexpectedResponse(bytes, response, context, null);
    }

    internal static (long Mailboxes, long Emails) ReadPair(ref Utf8JsonReader reader)
    {
        var data = JsonElement.ParseValue(ref reader);
        return data.GetArrayLength() == 2 ? (data[0].GetInt64(), data[1].GetInt64()) : throw new JsonException("Two numbers were expected.");
    }

    private static bool IsBlob(HttpResponseMessage response) => response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == BlobMediaType;

    private Uri GetBlobUri(string blobId, long? offset, long? limit)
    {
        if (string.IsNullOrWhiteSpace(blobId))
        {
            throw new ArgumentException("The blob id is empty.", nameof(blobId));
        }
        ArgumentOutOfRangeException.ThrowIfNegative(offset ?? 0, nameof(offset));
        // 0 would be no limit to the server.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit ?? 1, nameof(limit));
        return _blobs.GetUri(blobId.Trim(), offset, limit);
    }

    private static async Task<long> CopyAsync(HttpResponseMessage response, ApiRequestContext context, Stream destination, CancellationToken cancellationToken)
    {
        long? announced = response.Content.Headers.ContentLength;
        ResponseStream source = await ResponseStream.OpenAsync(response, context, ResponseSize.MaxStreamed, cancellationToken).ConfigureAwait(false);
        await source.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        long copied = source.Position;
        return announced is { } length && length != copied
            ? throw new MailServerException(MailErrorCode.Unreachable, context.Operation, $"The connection ended after {copied} of {length} bytes.")
            : copied;
    }

    // What lies behind the part is not read.
    private static async Task<long> CopyPartAsync(HttpResponseMessage response, ApiRequestContext context, long offset, long limit, Stream destination, CancellationToken cancellationToken)
    {
        long? announced = response.Content.Headers.ContentLength;
        ResponseStream source = await ResponseStream.OpenAsync(response, context, ResponseSize.MaxStreamed, cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[BufferBytes];
        long copied = 0;
        while (copied < limit)
        {
            int read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return announced is { } length && length != source.Position
                    ? throw new MailServerException(MailErrorCode.Unreachable, context.Operation, $"The connection ended after {source.Position} of {length} bytes.")
                    : copied;
            }
            int start = (int)Math.Clamp(offset - (source.Position - read), 0, read);
            int count = (int)Math.Min(read - start, limit - copied);
            await destination.WriteAsync(buffer.AsMemory(start, count), cancellationToken).ConfigureAwait(false);
            copied += count;
        }
        return copied;
    }

    private async Task<T> SendForAccountAsync<T>(Operation operation, string account, DataReader<T> read, CancellationToken cancellationToken)
    {
        string key = NormalizeAccount(account);
        try
        {
            return await _channel.ReadAsync(new ApiRequestContext(operation) { Action = FormatAction(operation, key) }, _channel.Uri.For(operation, key), read, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw CreateAccountNotFound(e, key);
        }
    }

    private static string? FormatAction(Operation operation, string account) =>
        operation == Operations.PurgeAccount ? $"Purging '{account}'"
        : operation == Operations.ResetImapUids ? $"Giving the mail of '{account}' new IMAP numbers"
        : operation == Operations.RecalculateQuotaUsage ? $"Counting what '{account}' stores"
        : null;

    // The server says that something is missing, and not what.
    internal static MailServerException CreateAccountNotFound(MailServerException e, string account) => new(e.Code, e.Operation, $"There is no account '{account}'.", e)
    {
        Status = e.Status,
        ServerCode = e.ServerCode,
        Item = account,
    };

    private static string NormalizeAccount(string account)
    {
        // Without a name the server would take every account.
        if (string.IsNullOrWhiteSpace(account))
        {
            throw new ArgumentException("The account's name is empty.", nameof(account));
        }
        return account.Trim().ToLowerInvariant();
    }
}
