using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Store;

/// <summary>The deleted items of a server with the REST API: <c>/store/undelete</c> (docs/api.md §6.9). They are restored when the answer comes.</summary>
internal sealed class RestDeletedItems(ApiChannel channel) : IDeletedItems
{
    // The server takes the times of an item with it.
    public bool CanName(MailDeletedItem item) => item is { Deleted: not null, Expires: not null };

    public async Task<IReadOnlyList<MailDeletedItem>> ListAsync(string account, CancellationToken cancellationToken)
    {
        (IReadOnlyList<MailDeletedItem> items, long? total) = await SendAsync(
            account,
            () => channel.ReadAsync(
                new ApiRequestContext(Operations.ListDeletedItems),
                channel.Uri.For(Operations.ListDeletedItems, account),
                (ref Utf8JsonReader reader) => DeletedItemReader.ReadList(ref reader, account),
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        ListTotal.Check(channel, Operations.ListDeletedItems, items.Count, total);
        return items;
    }

    public async Task<IReadOnlyList<MailRestoreResult>> RestoreAsync(string account, IReadOnlyList<MailDeletedItem> items, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.RestoreDeletedItems) { Action = MailRestoreResult.FormatAction(account, items.Count) };
        IReadOnlyList<(MailRestoreStatus Status, string? Reason)> outcomes = await SendAsync(
            account,
            () => channel.ReadAsync(
                context, channel.Uri.For(Operations.RestoreDeletedItems, account), DeletedItemReader.ReadOutcomes, cancellationToken, BodySize.Check(SerializeBody(items), context.Operation)),
            cancellationToken).ConfigureAwait(false);
        return [.. items.Select((item, i) => i < outcomes.Count
            ? MailRestoreResult.Create(item, account, outcomes[i].Status, outcomes[i].Reason)
            : MailRestoreResult.Create(item, account, MailRestoreStatus.Failed, "The server does not say what became of it."))];
    }

    public Task<IReadOnlyList<MailRestoreResult>> RestoreAndWaitAsync(string account, IReadOnlyList<MailDeletedItem> items, Action<int, MailTask>? onProgress, CancellationToken cancellationToken) =>
        RestoreAsync(account, items, cancellationToken);

    private async Task<T> SendAsync<T>(string account, Func<Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw await ExplainNotFoundAsync(e, account, cancellationToken).ConfigureAwait(false);
        }
    }

    // A connection that does not know the edition cannot tell a build without the code from an unknown account: both are a 404. Whoever is signed
    // in may ask for an account's counter, and every build has it.
    private async Task<MailServerException> ExplainNotFoundAsync(MailServerException e, string account, CancellationToken cancellationToken)
    {
        if (channel.Server is not null)
        {
            return StoreResource.CreateAccountNotFound(e, account);
        }
        try
        {
            await channel.ReadAsync(new ApiRequestContext(Operations.GetQuotaUsage), channel.Uri.For(Operations.GetQuotaUsage, account), DataReaders.ReadNumber, cancellationToken).ConfigureAwait(false);
            return MissingRoutes.CreateMissingEnterprise(e);
        }
        catch (MailServerException other)
        {
            return other.Code == MailErrorCode.NotFound ? StoreResource.CreateAccountNotFound(e, account) : e;
        }
    }

    private static byte[] SerializeBody(IReadOnlyList<MailDeletedItem> items)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (MailDeletedItem item in items)
            {
                writer.WriteStartObject();
                writer.WriteString("hash"u8, item.BlobId);
                writer.WriteString("collection"u8, MailDeletedItem.EmailKind);
                writer.WriteString("restoreTime"u8, WireTime.Floor(item.Deleted ?? DateTimeOffset.UnixEpoch));
                if (item.Expires is { } expires)
                {
                    writer.WriteString("cancelDeletion"u8, WireTime.Floor(expires));
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        return buffer.ToArray();
    }
}
