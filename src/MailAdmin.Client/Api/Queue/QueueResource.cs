// /queue/messages and /queue/status: mail that waits for delivery.
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The message queue (docs/api.md §6.3). What the server would ignore, and then take for every message, is refused before anything is sent.</summary>
public sealed class QueueResource
{
    private static readonly TimeSpan s_statusPollDelay = TimeSpan.FromMilliseconds(100);
    private const int MaxStatusPolls = 6;

    private readonly ApiChannel _channel;
    private readonly IQueue _queue;
    private readonly TimeProvider _time;

    internal QueueResource(ApiChannel channel, IQueue queue, TimeProvider time) => (_channel, _queue, _time) = (channel, queue, time);

    /// <summary>Whether a query may ask for messages that were due before a time in the past. Servers before 0.16 ignore such a time.</summary>
    public bool TakesPastDueTimes => _queue.TakesPastDueTimes;

    /// <summary>Whether a reschedule cuts the expiry of a message to ten seconds after the new time, as servers before 0.13 do; also where the version is not known.</summary>
    public bool ShortensExpiry => _queue.ShortensExpiry;

    /// <summary>Lists messages by id (GET /queue/messages with values), streamed in pages that double.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Receives the server's total with the first page.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The messages, in rising order of their ids.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-list</c>; <c>RejectedByClient</c> for a time in
    /// the past, which the server would ignore.</exception>
    public IAsyncEnumerable<MailQueueMessage> ListAsync(QueueQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        if (!TakesPastDueTimes)
        {
            CheckFuture(query.DueBefore, Operations.ListQueueMessages, nameof(query.DueBefore));
            CheckFuture(query.DueAfter, Operations.ListQueueMessages, nameof(query.DueAfter));
        }
        return _queue.ListAsync(query, onTotal, cancellationToken);
    }

    /// <summary>The ids of all messages that the filter matches (GET /queue/messages).</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The queue ids, rising.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-list</c>.</exception>
    public Task<IReadOnlyList<ulong>> ListIdsAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _queue.ListIdsAsync(filter, cancellationToken);
    }

    /// <summary>The ids of the messages that are due before a time (GET /queue/messages).</summary>
    internal Task<IReadOnlyList<ulong>> ListDueIdsAsync(DateTimeOffset before, CancellationToken cancellationToken) => _queue.ListDueIdsAsync(before, cancellationToken);

    /// <summary>Those of some messages that are in the queue (GET /queue/messages, GET /queue/messages/{id}).</summary>
    internal IAsyncEnumerable<MailQueueMessage> ListAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken) => _queue.ReadAsync(ids, cancellationToken);

    /// <summary>The ids of those of some messages that are in the queue, perhaps among others (GET /queue/messages, GET /queue/messages/{id}).</summary>
    internal Task<IReadOnlyList<ulong>> FindQueuedAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken) => _queue.FindQueuedAsync(ids, cancellationToken);

    /// <summary>Whether the server may be delivering just now (GET /queue/status).</summary>
    internal Task<bool> MayBeDeliveringAsync(CancellationToken cancellationToken) => _queue.MayBeDeliveringAsync(cancellationToken);

    /// <summary>Begins a cancellation of messages by id whose effect is looked at in the end.</summary>
    /// <returns>The batch.</returns>
    public QueueCancellationBatch BeginCancellation() => new(this, _time);

    /// <summary>Begins to have messages tried again, by id or all that match, whose effect is looked at in the end.</summary>
    /// <param name="at">When; null = now.</param>
    /// <param name="domain">Only recipients in this domain; null = all. Not with a filter.</param>
    /// <returns>The batch.</returns>
    public QueueRescheduleBatch BeginReschedule(DateTimeOffset? at, string? domain) => new(this, _time, at, domain);

    /// <summary>How many messages the filter matches, and the first of them (GET /queue/messages with values).</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="size">How many messages to fetch, from 1 on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The total and the first messages by id.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-list</c>.</exception>
    public async Task<QueueSample> SampleAsync(QueueFilter filter, int size, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        long? total = null;
        var messages = new List<MailQueueMessage>();
        await foreach (MailQueueMessage message in ListAsync(new QueueQuery { Filter = filter, First = size }, count => total = count, cancellationToken).ConfigureAwait(false))
        {
            messages.Add(message);
        }
        return new QueueSample(total ?? throw ListTotal.CreateMissing(Operations.ListQueueMessages), messages);
    }

    /// <summary>How many messages are due now, by the server's count (GET /queue/messages).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-list</c>.</exception>
    public Task<long> CountDueAsync(CancellationToken cancellationToken) => CountDueAsync(QueueFilter.Everything, cancellationToken);

    /// <summary>How many of the messages that the filter matches are due now, by the server's count (GET /queue/messages).</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-list</c>.</exception>
    public Task<long> CountDueAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        // Servers before 0.16 take future times only, so what comes due within these seconds counts too.
        return _queue.CountDueAsync(filter, _time.GetUtcNow() + DueMessages.Margin, cancellationToken);
    }

    /// <summary>One message (GET /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The message.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is not in the queue; <c>Forbidden</c> without the permission <c>message-queue-get</c>.</exception>
    public Task<MailQueueMessage> GetAsync(ulong id, CancellationToken cancellationToken) => _queue.GetAsync(id, cancellationToken);

    /// <summary>Has a message tried again (PATCH /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="at">When; null = now.</param>
    /// <param name="domain">Only recipients in this domain; null = all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when nothing of it is pending.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown message or domain; <c>RejectedByClient</c> for a time in the past (the
    /// server would send at once) or beyond the expiry (it would give the message up untried), and for a domain that would match other recipients
    /// too; <c>Forbidden</c> without the permission <c>message-queue-update</c>; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public async Task<bool> RescheduleAsync(ulong id, DateTimeOffset? at, string? domain, CancellationToken cancellationToken)
    {
        CheckFuture(at, Operations.RescheduleQueueMessage, "at");
        MailQueueMessage? message = at is null && domain is null ? null : await GetAsync(id, cancellationToken).ConfigureAwait(false);
        return await RescheduleAsync(id, at, domain, message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same for a message that was read already; null where it could not be, or needs no check (PATCH /queue/messages/{id}).</summary>
    internal async Task<bool> RescheduleAsync(ulong id, DateTimeOffset? at, string? domain, MailQueueMessage? message, CancellationToken cancellationToken)
    {
        CheckFuture(at, Operations.RescheduleQueueMessage, "at");
        string? filter = domain?.Trim().ToLowerInvariant();
        if (at is not null || filter is not null)
        {
            message ??= await GetAsync(id, cancellationToken).ConfigureAwait(false);
            _queue.CheckReschedule(message, at, filter);
        }
        return await _queue.RescheduleAsync(id, at, filter, message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has all matching messages tried again (PATCH /queue/messages). The server works in the background.</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="at">When; null = now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when nothing matched.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a time in the past or beyond the expiry of any of them; <c>Forbidden</c>
    /// without the permission <c>message-queue-update</c>; <c>OutcomeUnknown</c> when the answer was lost.</exception>
    public Task<bool> RescheduleAsync(QueueFilter filter, DateTimeOffset? at, CancellationToken cancellationToken) =>
        RescheduleAsync(filter, at, onMessage: null, cancellationToken);

    /// <summary>The same, and gives each message as it was before (PATCH /queue/messages).</summary>
    internal async Task<bool> RescheduleAsync(QueueFilter filter, DateTimeOffset? at, Action<MailQueueMessage>? onMessage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CheckFuture(at, Operations.RescheduleQueueMessages, "at");
        List<ulong>? matched = null;
        if (at is not null || onMessage is not null)
        {
            matched = [];
            var early = new List<MailQueueMessage>();
            await foreach (MailQueueMessage message in ListAsync(new QueueQuery { Filter = filter }, null, cancellationToken).ConfigureAwait(false))
            {
                onMessage?.Invoke(message);
                matched.Add(message.Id);
                if (message.Expires < at)
                {
                    early.Add(message);
                }
            }
            if (at is { } time)
            {
                QueueChecks.CheckNoneExpires(early, time, _queue.DropsExpiry);
            }
        }
        return await _queue.RescheduleAsync(filter, at, matched, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what <see cref="RescheduleAsync(ulong, DateTimeOffset?, string?, CancellationToken)"/> would refuse, and changes nothing (GET /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="at">When; null = now.</param>
    /// <param name="domain">Only recipients in this domain; null = all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException">As the reschedule.</exception>
    public async Task CheckRescheduleAsync(ulong id, DateTimeOffset? at, string? domain, CancellationToken cancellationToken)
    {
        CheckFuture(at, Operations.RescheduleQueueMessage, "at");
        _queue.CheckReschedule(await GetAsync(id, cancellationToken).ConfigureAwait(false), at, domain?.Trim().ToLowerInvariant());
    }

    /// <summary>Says what <see cref="CancelAsync(ulong, string?, CancellationToken)"/> would refuse, and changes nothing (GET /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="recipients">The addresses to cancel, or domains as <c>@example.org</c>; none = the whole message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException">As the cancellation.</exception>
    public async Task CheckCancellationAsync(ulong id, IReadOnlyList<string> recipients, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        MailQueueMessage message = await GetAsync(id, cancellationToken).ConfigureAwait(false);
        foreach (string recipient in recipients)
        {
            _queue.CheckCancellation(message, recipient);
        }
    }

    /// <summary>Cancels a message, or some of its recipients (DELETE /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="recipient">The address to cancel, or a domain as <c>@example.org</c>; null = the whole message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when nothing was left to cancel.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> for an unknown message or recipient; <c>RejectedByClient</c> when the server would cancel
    /// other recipients too; <c>Forbidden</c> without the permission <c>message-queue-delete</c>; <c>OutcomeUnknown</c> when the answer was lost and
    /// the message is still there.</exception>
    public Task<bool> CancelAsync(ulong id, string? recipient, CancellationToken cancellationToken) => _queue.CancelAsync(id, recipient, cancellationToken);

    /// <summary>Cancels all matching messages (DELETE /queue/messages), checks for up to a quarter of a minute whether they are gone, and reports those that are not.</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What was cancelled and what is left: a message under delivery can survive.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-delete</c>; <c>OutcomeUnknown</c> when the answer was lost, or nobody could look what is left.</exception>
    public async Task<QueueCancellation> CancelAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlyList<ulong> matched = await ListIdsAsync(filter, cancellationToken).ConfigureAwait(false);
        if (matched.Count == 0)
        {
            return new QueueCancellation([], []);
        }
        var progress = new CancellationProgress(matched, anyDue: await CountDueAsync(filter, cancellationToken).ConfigureAwait(false) > 0);
        MailServerException? lost = null;
        IReadOnlyList<ulong> left = [];
        try
        {
            left = await _queue.CancelAsync(filter, matched, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            // The look shows what is left, and cancels it by id.
            lost = e;
        }
        try
        {
            var look = new CancellationLook(token => _queue.FindRemainingAsync(filter, matched, token), CancelEachAsync, _time);
            await look.RunAsync(progress, atOnce: false, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException) when (lost is not null)
        {
            throw lost;
        }
        catch (MailServerException e)
        {
            // What it took it may have done.
            throw new MailServerException(MailErrorCode.OutcomeUnknown, e.Operation, $"The server took the call to cancel {filter}. What is left of it in the queue could not be looked up: {e.Message}", e)
            {
                Status = e.Status,
                MayHaveBeenExecuted = true,
            };
        }
        return new QueueCancellation(matched, progress.Remaining) { LeftBefore = left };
    }

    /// <summary>Whether the queue delivers (GET /queue/status).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The state.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-get</c>.</exception>
    public async Task<MailQueueStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetQueueStatus);
        return new MailQueueStatus { Running = await _channel.ReadAsync(context, _channel.Uri.For(Operations.GetQueueStatus), DataReaders.ReadBoolean, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Stops deliveries (PATCH /queue/status/stop) and waits until the server reports so. Mail is still accepted.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The states before and after it.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-update</c>; <c>OutcomeUnknown</c> when the
    /// queue still runs after some polls.</exception>
    public Task<QueueStateChange> SuspendAsync(CancellationToken cancellationToken) => SetRunningAsync(Operations.SuspendQueue, running: false, cancellationToken);

    /// <summary>Starts deliveries again (PATCH /queue/status/start). Messages that are due wait for the next queue event.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The states before and after it.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>message-queue-update</c>; <c>OutcomeUnknown</c> when the
    /// queue is still suspended after some polls.</exception>
    public Task<QueueStateChange> ResumeAsync(CancellationToken cancellationToken) => SetRunningAsync(Operations.ResumeQueue, running: true, cancellationToken);

    private async Task CancelEachAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken)
    {
        foreach (ulong id in ids)
        {
            await CancelAgainAsync(id, recipients: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cancels again what was there after its cancellation.</summary>
    internal async Task CancelAgainAsync(ulong id, IReadOnlyList<string>? recipients, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string? recipient in recipients ?? [null!])
            {
                await CancelAsync(id, recipient, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.NotFound or MailErrorCode.OutcomeUnknown)
        {
            // It has gone since, or the next poll shows whether it has.
        }
    }

    // The server knows one word, stop; every other one starts the queue. So no word comes from outside.
    private async Task<QueueStateChange> SetRunningAsync(Operation operation, bool running, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(operation) { Action = running ? "Resuming the queue" : "Suspending the queue" };
        // Where an answer was lost, nobody knows how it was before: then it counts as changed.
        bool wasRunning = !running;
        MailServerException? lost = null;
        try
        {
            bool before = await _channel.ReadAsync(context, _channel.Uri.For(operation), DataReaders.ReadBoolean, cancellationToken).ConfigureAwait(false);
            wasRunning = context.WasLost ? wasRunning : before;
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            lost = e;
        }
        try
        {
            for (int look = 0; look < MaxStatusPolls; look++)
            {
                MailQueueStatus status = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
                if (status.Running == running)
                {
                    return new QueueStateChange(wasRunning, status);
                }
                await Task.Delay(Backoff.Exponential(s_statusPollDelay, look), _time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MailServerException) when (lost is not null)
        {
            throw lost;
        }
        catch (MailServerException e)
        {
            // The server took the call: that nobody could look is no failure of it.
            return new QueueStateChange(wasRunning, null, e.Message);
        }
        throw lost ?? new MailServerException(MailErrorCode.OutcomeUnknown, operation, running
            ? "The server took the call to resume, and its queue is still suspended."
            : "The server took the call to suspend, and its queue still runs.");
    }

    private void CheckFuture(DateTimeOffset? time, Operation operation, string field)
    {
        if (time is { } given && given <= _time.GetUtcNow())
        {
            throw new MailServerException(MailErrorCode.RejectedByClient, operation, field == "at"
                ? $"{TimeText.Format(given)} is in the past: the server would take it for now, and the mail would go out. For now, leave the time out."
                : $"{TimeText.Format(given)} is in the past: the server would ignore it and take every message.")
            { Field = field };
        }
    }
}
