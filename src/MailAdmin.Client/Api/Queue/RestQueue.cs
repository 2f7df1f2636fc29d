using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>The queue of a server with the REST API: <c>/queue/messages</c> (docs/api.md §6.3).</summary>
internal sealed class RestQueue(ApiChannel channel, ServerDialect dialect, TimeProvider time) : IQueue
{
    // So many messages are read one by one; more take a list.
    private const int MaxSingleReads = 4;

    public bool TakesPastDueTimes => false;

    // Also where an API key may not read the server's version.
    public bool ShortensExpiry => dialect.ReplacesExpiryByAttempts != true;

    public bool DropsExpiry => dialect.ReplacesExpiryByAttempts == true;

    public IAsyncEnumerable<MailQueueMessage> ListAsync(QueueQuery query, Action<long>? onTotal, CancellationToken cancellationToken) => new QueueListing(channel, query, onTotal).RunAsync(cancellationToken);

    public Task<IReadOnlyList<ulong>> ListIdsAsync(QueueFilter filter, CancellationToken cancellationToken) => ListIdsAsync(QueueListing.GetFilterParameters(filter), cancellationToken);

    public Task<IReadOnlyList<ulong>> ListDueIdsAsync(DateTimeOffset before, CancellationToken cancellationToken) => ListIdsAsync([new("before", WireTime.Ceiling(before))], cancellationToken);

    public async Task<long> CountDueAsync(QueueFilter filter, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var query = new QueueQuery { Filter = filter, DueBefore = before, First = 1 };
        long? total = null;
        await foreach (MailQueueMessage _ in ListAsync(query, count => total = count, cancellationToken).ConfigureAwait(false))
        {
            // Only the total matters.
        }
        return total ?? throw ListTotal.CreateMissing(Operations.ListQueueMessages);
    }

    public async IAsyncEnumerable<MailQueueMessage> ReadAsync(IReadOnlyList<ulong> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ids.Count <= MaxSingleReads)
        {
            foreach (ulong id in ids)
            {
                if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } message)
                {
                    yield return message;
                }
            }
            yield break;
        }
        var wanted = new HashSet<ulong>(ids);
        ulong last = ids.Max();
        await foreach (MailQueueMessage message in ListAsync(new QueueQuery { FromId = ids.Min() }, null, cancellationToken).ConfigureAwait(false))
        {
            if (message.Id > last)
            {
                yield break;
            }
            if (wanted.Contains(message.Id))
            {
                yield return message;
            }
        }
    }

    public async Task<IReadOnlyList<ulong>> FindQueuedAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > MaxSingleReads)
        {
            return await ListIdsAsync(ids.Min(), ids.Max(), cancellationToken).ConfigureAwait(false);
        }
        var queued = new List<ulong>();
        await foreach (MailQueueMessage message in ReadAsync(ids, cancellationToken).ConfigureAwait(false))
        {
            queued.Add(message.Id);
        }
        return queued;
    }

    public Task<IReadOnlyList<ulong>> FindRemainingAsync(QueueFilter filter, IReadOnlyList<ulong> matched, CancellationToken cancellationToken) => ListIdsAsync(filter, cancellationToken);

    public Task<MailQueueMessage> GetAsync(ulong id, CancellationToken cancellationToken) =>
        WithNotFoundMessageAsync(id, channel.ReadAsync(new ApiRequestContext(Operations.GetQueueMessage), channel.Uri.For(Operations.GetQueueMessage, QueueListing.FormatId(id)), QueueMessageReader.Read, cancellationToken));

    public void CheckReschedule(MailQueueMessage message, DateTimeOffset? at, string? domain)
    {
        QueueChecks.CheckDomain(message, domain);
        QueueChecks.CheckNoOthersMatch(message, domain);
        QueueChecks.CheckExpiry(message, at, domain, DropsExpiry);
    }

    public void CheckCancellation(MailQueueMessage message, string recipient)
    {
        QueueChecks.CheckRecipient(message, recipient.Trim().ToLowerInvariant());
        QueueChecks.CheckNoOthersAreCancelled(message, recipient.Trim().ToLowerInvariant());
    }

    public async Task<bool> RescheduleAsync(ulong id, DateTimeOffset? at, string? domain, MailQueueMessage? before, CancellationToken cancellationToken)
    {
        Uri target = channel.Uri.ForQuery(
            Operations.RescheduleQueueMessage, [KeyValuePair.Create("filter", domain), KeyValuePair.Create("at", WireTime.Ceiling(at))], QueueListing.FormatId(id));
        try
        {
            return await WithNotFoundMessageAsync(id, WriteAsync(Operations.RescheduleQueueMessage, target, $"Rescheduling message {id}", cancellationToken)).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            if (!await IsRescheduledAsync(id, at, domain, before, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
            return true;
        }
    }

    public Task<bool> RescheduleAsync(QueueFilter filter, DateTimeOffset? at, IReadOnlyList<ulong>? matched, CancellationToken cancellationToken) => WriteAsync(
        Operations.RescheduleQueueMessages,
        channel.Uri.ForQuery(Operations.RescheduleQueueMessages, [.. QueueListing.GetFilterParameters(filter), KeyValuePair.Create("at", WireTime.Ceiling(at))]),
        $"Rescheduling {filter}",
        cancellationToken);

    public async Task<bool> CancelAsync(ulong id, string? recipient, CancellationToken cancellationToken)
    {
        string? filter = recipient?.Trim().ToLowerInvariant();
        if (filter is not null)
        {
            CheckCancellation(await GetAsync(id, cancellationToken).ConfigureAwait(false), filter);
        }
        Uri target = channel.Uri.ForQuery(Operations.CancelQueueMessage, [KeyValuePair.Create("filter", filter)], QueueListing.FormatId(id));
        try
        {
            return await DeleteAsync(id, target, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            return await ResolveCancellationAsync(id, filter, target, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<ulong>> CancelAsync(QueueFilter filter, IReadOnlyList<ulong> matched, CancellationToken cancellationToken)
    {
        await WriteAsync(Operations.CancelQueueMessages, channel.Uri.ForQuery(Operations.CancelQueueMessages, QueueListing.GetFilterParameters(filter)), $"Cancelling {filter}", cancellationToken).ConfigureAwait(false);
        return [];
    }

    public async Task<bool> MayBeDeliveringAsync(CancellationToken cancellationToken) =>
        await channel.ReadAsync(new ApiRequestContext(Operations.GetQueueStatus), channel.Uri.For(Operations.GetQueueStatus), DataReaders.ReadBoolean, cancellationToken).ConfigureAwait(false);

    // Whether the next try of a message is when it should be, after a lost answer.
    private async Task<bool> IsRescheduledAsync(ulong id, DateTimeOffset? at, string? domain, MailQueueMessage? before, CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            var look = RescheduledMessage.Create(before, domain, now);
            look.Judge(await GetAsync(id, cancellationToken).ConfigureAwait(false), at, domain, now);
            return look.Outcome == RescheduleOutcome.Moved;
        }
        catch (MailServerException)
        {
            return false;
        }
    }

    // The ids between two, both included.
    private Task<IReadOnlyList<ulong>> ListIdsAsync(ulong first, ulong last, CancellationToken cancellationToken) =>
        ListIdsAsync([new("range-start", QueueListing.FormatId(first)), new("range-end", last == ulong.MaxValue ? null : QueueListing.FormatId(last + 1))], cancellationToken);

    private Task<IReadOnlyList<ulong>> ListIdsAsync(IEnumerable<KeyValuePair<string, string?>> parameters, CancellationToken cancellationToken) =>
        channel.ReadAsync(new ApiRequestContext(Operations.ListQueueMessages), channel.Uri.ForQuery(Operations.ListQueueMessages, [.. parameters]), ReadIds, cancellationToken);

    private Task<bool> DeleteAsync(ulong id, Uri target, CancellationToken cancellationToken) =>
        WithNotFoundMessageAsync(id, WriteAsync(Operations.CancelQueueMessage, target, $"Cancelling message {id}", cancellationToken));

    // The answer was lost. A message that is gone, or does not wait for the recipient any more, is cancelled; else it is cancelled once more, which does no harm.
    private async Task<bool> ResolveCancellationAsync(ulong id, string? recipient, Uri target, MailServerException lost, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } message
                || (recipient is not null && !QueueChecks.IsPending(message, recipient))
                || await DeleteAsync(id, target, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return true;
        }
        catch (MailServerException)
        {
            throw lost;
        }
    }

    private async Task<MailQueueMessage?> FindAsync(ulong id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    private Task<bool> WriteAsync(Operation operation, Uri target, string action, CancellationToken cancellationToken) =>
        channel.ReadAsync(new ApiRequestContext(operation) { Action = action }, target, DataReaders.ReadBoolean, cancellationToken);

    private static Task<T> WithNotFoundMessageAsync<T>(ulong id, Task<T> call) => NotFoundErrors.WithNotFoundMessageAsync(call, QueueListing.FormatId(id), $"Message {id} is not in the queue.");

    internal static IReadOnlyList<ulong> ReadIds(ref Utf8JsonReader reader)
    {
        List<ulong>? ids = null;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool items = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (!items)
            {
                reader.Skip();
                continue;
            }
            reader.Expect(JsonTokenType.StartArray);
            ids = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                ids.Add(reader.GetUInt64());
            }
        }
        return ids ?? throw new JsonException("A list has items.");
    }
}
