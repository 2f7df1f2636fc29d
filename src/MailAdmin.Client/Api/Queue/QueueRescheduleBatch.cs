using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client;

/// <summary>
/// Has messages tried again, one by one or all that match, and at the end looks whether their next try has moved: of a message under delivery the
/// server answers that it has, and its worker writes its own time over it (docs/api.md §6.3, trap 65). Thread-safe.
/// </summary>
public sealed class QueueRescheduleBatch
{
    private readonly QueueResource _queue;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset? _at;
    private readonly string? _domain;
    private readonly Lock _gate = new();
    private readonly List<ulong> _order = [];
    private readonly Dictionary<ulong, RescheduledMessage> _rescheduled = [];
    private QueueFilter? _filter;

    internal QueueRescheduleBatch(QueueResource queue, TimeProvider time, DateTimeOffset? at, string? domain) =>
        (_queue, _time, _at, _domain) = (queue, time, at, domain?.Trim().ToLowerInvariant());

    /// <summary>Has a message tried again (PATCH /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when nothing of it is pending.</returns>
    /// <exception cref="MailServerException">As of <see cref="QueueResource.RescheduleAsync(ulong, DateTimeOffset?, string?, CancellationToken)"/>.</exception>
    public async Task<bool> RescheduleAsync(ulong id, CancellationToken cancellationToken)
    {
        MailQueueMessage? before = await GetOrNullAsync(id, cancellationToken).ConfigureAwait(false);
        bool done = await _queue.RescheduleAsync(id, _at, _domain, before, cancellationToken).ConfigureAwait(false);
        if (done)
        {
            Record(id, before);
        }
        return done;
    }

    /// <summary>How many messages were rescheduled.</summary>
    public int Count => _order.Count;

    /// <summary>Has all matching messages tried again (PATCH /queue/messages), in the background of the server.</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>False when nothing matched.</returns>
    /// <exception cref="MailServerException">As of <see cref="QueueResource.RescheduleAsync(QueueFilter, DateTimeOffset?, CancellationToken)"/>.</exception>
    public async Task<bool> RescheduleAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        _filter = filter;
        try
        {
            return await _queue.RescheduleAsync(filter, _at, message => Record(message.Id, message), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            if (!await HaveMovedAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
            return true;
        }
    }

    /// <summary>
    /// Looks at what was rescheduled: once where nothing was due, else for two seconds or more, up to a quarter of a minute. A message whose
    /// next try did not move is rescheduled once more.
    /// </summary>
    /// <param name="keepMessages">Whether to return the messages too.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What did not move, and what nobody can know.</returns>
    public async Task<QueueRescheduleReview> ReviewAsync(bool keepMessages, CancellationToken cancellationToken)
    {
        if (_order.Count == 0)
        {
            return QueueRescheduleReview.Nothing;
        }
        // They were answered in any order; people look for them in the order in which they came into the queue.
        _order.Sort();
        try
        {
            return await LookAsync(keepMessages, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e)
        {
            return QueueRescheduleReview.Nothing with { Uncertain = [.. _order], Failure = e };
        }
    }

    // Whether all of them are tried when they should be, after a lost answer. The server may need a moment for many.
    private async Task<bool> HaveMovedAsync(CancellationToken cancellationToken)
    {
        if (_order.Count == 0)
        {
            return false;
        }
        try
        {
            foreach (TimeSpan delay in CancellationProgress.PollDelays)
            {
                await JudgeAsync([], keepMessages: false, cancellationToken).ConfigureAwait(false);
                if (_rescheduled.Values.All(message => message.Outcome == RescheduleOutcome.Moved))
                {
                    return true;
                }
                await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            }
            return false;
        }
        catch (MailServerException)
        {
            return false;
        }
    }

    private async Task<QueueRescheduleReview> LookAsync(bool keepMessages, CancellationToken cancellationToken)
    {
        int requiredLooks = _at is not null && _rescheduled.Values.Any(item => item.WasDue) ? 3 : 1;
        int goodLooks = 0;
        var found = new Dictionary<ulong, MailQueueMessage>();
        foreach (TimeSpan delay in new[] { TimeSpan.Zero }.Concat(CancellationProgress.PollDelays))
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            }
            await JudgeAsync(found, keepMessages, cancellationToken).ConfigureAwait(false);
            List<ulong> unmoved = Find(RescheduleOutcome.NotMoved);
            goodLooks = unmoved.Count == 0 ? goodLooks + 1 : 0;
            if (goodLooks >= requiredLooks)
            {
                break;
            }
            // The background work of the server may not have come to it before the second look.
            if (_filter is null || delay > TimeSpan.Zero)
            {
                await RescheduleAgainAsync(unmoved, cancellationToken).ConfigureAwait(false);
            }
        }
        return new QueueRescheduleReview(
            [.. _order.Where(id => _rescheduled[id].Outcome is RescheduleOutcome.Moved or RescheduleOutcome.Uncertain).Select(found.GetValueOrDefault).OfType<MailQueueMessage>()],
            [.. _order.Where(id => _rescheduled[id].Outcome is RescheduleOutcome.NotMoved or RescheduleOutcome.Left).Select(id => _rescheduled[id].ToUnmoved(id))],
            Find(RescheduleOutcome.Uncertain),
            null);
    }

    private async Task JudgeAsync(Dictionary<ulong, MailQueueMessage> found, bool keepMessages, CancellationToken cancellationToken)
    {
        found.Clear();
        var missing = new HashSet<ulong>(_order);
        await foreach (MailQueueMessage message in ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (missing.Remove(message.Id))
            {
                _rescheduled[message.Id].Judge(message, _at, _domain, _time.GetUtcNow());
                if (keepMessages)
                {
                    found[message.Id] = message;
                }
            }
        }
        foreach (ulong id in missing)
        {
            _rescheduled[id].Judge(null, _at, _domain, _time.GetUtcNow());
        }
    }

    private IAsyncEnumerable<MailQueueMessage> ListAsync(CancellationToken cancellationToken) => _filter is { } filter
        ? _queue.ListAsync(new QueueQuery { Filter = filter }, null, cancellationToken)
        : _queue.ListAsync(_order, cancellationToken);

    private async Task RescheduleAgainAsync(List<ulong> ids, CancellationToken cancellationToken)
    {
        foreach (ulong id in ids)
        {
            try
            {
                await _queue.RescheduleAsync(id, _at, _domain, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e.Code is MailErrorCode.NotFound or MailErrorCode.OutcomeUnknown or MailErrorCode.RejectedByClient)
            {
                // The next look shows how it stands.
            }
        }
    }

    private async Task<MailQueueMessage?> GetOrNullAsync(ulong id, CancellationToken cancellationToken)
    {
        try
        {
            return await _queue.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }

    private void Record(ulong id, MailQueueMessage? before)
    {
        lock (_gate)
        {
            if (_rescheduled.TryAdd(id, RescheduledMessage.Create(before, _domain, _time.GetUtcNow())))
            {
                _order.Add(id);
            }
        }
    }

    private List<ulong> Find(RescheduleOutcome outcome) => [.. _order.Where(id => _rescheduled[id].Outcome == outcome)];
}
