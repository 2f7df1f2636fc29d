// /queue/messages and /queue/status: mail that waits for delivery.
using System.Text.Json;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The message queue (contract §6.3). What the server would ignore, and then take for every message, is refused before anything is sent.</summary>
public sealed class QueueResource
{
    private static readonly TimeSpan s_statusPollDelay = TimeSpan.FromMilliseconds(100);
    private const int MaxStatusPolls = 6;
    private readonly ApiChannel _channel;
    private readonly TimeProvider _time;

    internal QueueResource(ApiChannel channel, TimeProvider time) => (_channel, _time) = (channel, time);

    /// <summary>Lists messages by id, streaming; pages double (GET /queue/messages with values).</summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Told the server's total with the first page.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a time in the past, which the server would ignore.</exception>
    public IAsyncEnumerable<MailQueueMessage> ListAsync(QueueQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        CheckFuture(query.DueBefore, Operations.ListQueueMessages, nameof(query.DueBefore));
        CheckFuture(query.DueAfter, Operations.ListQueueMessages, nameof(query.DueAfter));
        return new QueueListing(_channel, query, onTotal).RunAsync(cancellationToken);
    }

    /// <summary>The ids of all messages that the filter means (GET /queue/messages).</summary>
    public Task<IReadOnlyList<ulong>> ListIdsAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _channel.ReadAsync(
            new ApiRequestContext(Operations.ListQueueMessages), _channel.Uri.ForQuery(Operations.ListQueueMessages, QueueListing.GetFilterParameters(filter)), ReadIds, cancellationToken);
    }

    /// <summary>How many messages the filter means, and the first <paramref name="size"/> of them (GET /queue/messages with values).</summary>
    public async Task<QueueSample> SampleAsync(QueueFilter filter, int size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        long total = 0;
        var messages = new List<MailQueueMessage>();
        await foreach (MailQueueMessage message in ListAsync(new QueueQuery { Filter = filter, First = size }, count => total = count, cancellationToken).ConfigureAwait(false))
        {
            messages.Add(message);
        }
        return new QueueSample(total, messages);
    }

    /// <summary>How many messages are due now, by the server's count (GET /queue/messages).</summary>
    public Task<long> CountDueAsync(CancellationToken cancellationToken) => CountDueAsync(QueueFilter.Everything, cancellationToken);

    /// <summary>How many of the messages that the filter means are due now, by the server's count (GET /queue/messages).</summary>
    public async Task<long> CountDueAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        // The server takes future times only, so what comes due within these seconds counts too.
        var query = new QueueQuery { Filter = filter, DueBefore = _time.GetUtcNow() + TimeSpan.FromSeconds(5), First = 1 };
        long total = 0;
        await foreach (MailQueueMessage _ in ListAsync(query, count => total = count, cancellationToken).ConfigureAwait(false))
        {
            // Only the total matters.
        }
        return total;
    }

    /// <summary>One message (GET /queue/messages/{id}).</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is not in the queue.</exception>
    public Task<MailQueueMessage> GetAsync(ulong id, CancellationToken cancellationToken) =>
        WithNotFoundMessageAsync(id, _channel.ReadAsync(new ApiRequestContext(Operations.GetQueueMessage), _channel.Uri.For(Operations.GetQueueMessage, QueueListing.FormatId(id)), QueueMessageReader.Read, cancellationToken));

    /// <summary>Has a message tried again (PATCH /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="at">When; null = now.</param>
    /// <param name="domain">Only recipients in this domain; null = all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when nothing of it is pending.</returns>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a time in the past (the server would send at once) or beyond the expiry (it would give up
    /// untried), and for a domain that would hit others too; <c>NotFound</c> for an unknown message or domain.</exception>
    public async Task<bool> RescheduleAsync(ulong id, DateTimeOffset? at, string? domain, CancellationToken cancellationToken)
    {
        CheckFuture(at, Operations.RescheduleQueueMessage, "at");
        string? filter = domain?.Trim().ToLowerInvariant();
        if (at is not null || filter is not null)
        {
            QueueChecks.CheckReschedule(await GetAsync(id, cancellationToken).ConfigureAwait(false), at, filter);
        }
        Uri target = _channel.Uri.ForQuery(
            Operations.RescheduleQueueMessage, [KeyValuePair.Create("filter", filter), KeyValuePair.Create("at", WireTime.Ceiling(at))], QueueListing.FormatId(id));
        return await WithNotFoundMessageAsync(id, WriteAsync(Operations.RescheduleQueueMessage, target, $"Rescheduling {id}", cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Has all matching messages tried again (PATCH /queue/messages). The server works in the background.</summary>
    /// <returns>False when nothing matched.</returns>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a time in the past or beyond the expiry of any of them.</exception>
    public async Task<bool> RescheduleAsync(QueueFilter filter, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CheckFuture(at, Operations.RescheduleQueueMessages, "at");
        if (at is not null)
        {
            var early = new List<MailQueueMessage>();
            await foreach (MailQueueMessage message in ListAsync(new QueueQuery { Filter = filter }, null, cancellationToken).ConfigureAwait(false))
            {
                if (message.Expires < at)
                {
                    early.Add(message);
                }
            }
            QueueChecks.CheckNoneExpires(early, at.Value);
        }
        return await WriteAsync(
            Operations.RescheduleQueueMessages,
            _channel.Uri.ForQuery(Operations.RescheduleQueueMessages, [.. QueueListing.GetFilterParameters(filter), KeyValuePair.Create("at", WireTime.Ceiling(at))]),
            $"Rescheduling {filter}",
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cancels a message, or some of its recipients (DELETE /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="recipient">The address to cancel, or a domain as <c>@example.org</c>; null = the whole message.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when nothing was left to cancel.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown message or recipient; <c>RefusedByClient</c> when the server would cancel others too.</exception>
    public async Task<bool> CancelAsync(ulong id, string? recipient, CancellationToken cancellationToken)
    {
        string? filter = recipient?.Trim().ToLowerInvariant();
        if (filter is not null)
        {
            QueueChecks.CheckCancel(await GetAsync(id, cancellationToken).ConfigureAwait(false), filter);
        }
        try
        {
            Uri target = _channel.Uri.ForQuery(Operations.CancelQueueMessage, [KeyValuePair.Create("filter", filter)], QueueListing.FormatId(id));
            return await WithNotFoundMessageAsync(id, WriteAsync(Operations.CancelQueueMessage, target, $"Cancelling {id}", cancellationToken)).ConfigureAwait(false);
        }
        // The answer was lost: gone is done.
        catch (MailServerException e) when (e.Code == MailErrorCode.OutcomeUnknown && filter is null)
        {
            if (await IsGoneAsync(id, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
            throw;
        }
    }

    /// <summary>Cancels all matching messages (DELETE /queue/messages), looks again until they are gone, and tells which are not.</summary>
    /// <returns>What was cancelled and what is left: a message under delivery can survive.</returns>
    public Task<QueueCancellation> CancelAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new BulkCancellation(this, filter, _time).RunAsync(cancellationToken);
    }

    /// <summary>Whether the queue delivers (GET /queue/status).</summary>
    public async Task<MailQueueStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetQueueStatus);
        return new MailQueueStatus { Running = await _channel.ReadAsync(context, _channel.Uri.For(Operations.GetQueueStatus), ReadBoolean, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Stops deliveries (PATCH /queue/status/stop) and waits until the server says so; mail is accepted all the same.</summary>
    /// <returns>The state after it.</returns>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when the queue still runs after some looks.</exception>
    public Task<QueueStateChange> SuspendAsync(CancellationToken cancellationToken) => SetRunningAsync(Operations.SuspendQueue, running: false, cancellationToken);

    /// <summary>Starts deliveries again (PATCH /queue/status/start). Messages that are due sleep on until the next queue event.</summary>
    /// <returns>The states before and after it.</returns>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when the queue is still suspended after some looks.</exception>
    public Task<QueueStateChange> ResumeAsync(CancellationToken cancellationToken) => SetRunningAsync(Operations.ResumeQueue, running: true, cancellationToken);

    internal async Task<bool> IsGoneAsync(ulong id, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(id, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return true;
        }
    }

    /// <summary>Sends the bulk cancellation and nothing else.</summary>
    internal Task<bool> DeleteAsync(QueueFilter filter, CancellationToken cancellationToken) =>
        WriteAsync(Operations.CancelQueueMessages, _channel.Uri.ForQuery(Operations.CancelQueueMessages, QueueListing.GetFilterParameters(filter)), $"Cancelling {filter}", cancellationToken);

    // The server knows one word, stop; every other one starts the queue. So no word comes from outside.
    private async Task<QueueStateChange> SetRunningAsync(Operation operation, bool running, CancellationToken cancellationToken)
    {
        bool before = await _channel.ReadAsync(new ApiRequestContext(operation), _channel.Uri.For(operation), ReadBoolean, cancellationToken).ConfigureAwait(false);
        for (int look = 0; look < MaxStatusPolls; look++)
        {
            MailQueueStatus status = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
            if (status.Running == running)
            {
                return new QueueStateChange(before, status);
            }
            await Task.Delay(Backoff.Exponential(s_statusPollDelay, look), _time, cancellationToken).ConfigureAwait(false);
        }
        throw new MailServerException(MailErrorCode.OutcomeUnknown, operation, running
            ? "The server took the call to resume, and its queue is still suspended."
            : "The server took the call to suspend, and its queue still runs.");
    }

    private async Task<bool> WriteAsync(Operation operation, Uri target, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await _channel.ReadAsync(new ApiRequestContext(operation), target, ReadBoolean, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            throw OutcomeRules.OutcomeUnknown(e, what);
        }
    }

    private static Task<T> WithNotFoundMessageAsync<T>(ulong id, Task<T> call) => NotFoundErrors.WithNotFoundMessageAsync(call, QueueListing.FormatId(id), $"Message {id} is not in the queue.");

    private void CheckFuture(DateTimeOffset? time, Operation operation, string field)
    {
        if (time <= _time.GetUtcNow())
        {
            throw new MailServerException(MailErrorCode.RefusedByClient, operation, field == "at"
                ? $"{time:yyyy-MM-dd HH:mm:ss zzz} is in the past: the server would take it for now, and the mail would go out. For now, leave the time out."
                : $"{time:yyyy-MM-dd HH:mm:ss zzz} is in the past: the server would ignore it and take every message.")
            { Field = field };
        }
    }

    private static bool ReadBoolean(ref Utf8JsonReader reader) => reader.GetBoolean();

    internal static IReadOnlyList<ulong> ReadIds(ref Utf8JsonReader reader)
    {
        var ids = new List<ulong>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool items = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (!items)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                ids.Add(reader.GetUInt64());
            }
        }
        return ids;
    }
}
