using MailAdmin.Client.Api.Queue;

namespace MailAdmin.Client;

/// <summary>
/// Cancels messages one by one, and at the end looks whether they are gone: of a message under delivery the server answers that it is
/// cancelled, and its worker writes it back (docs/api.md §6.3, trap 65). Thread-safe.
/// </summary>
public sealed class QueueCancellationBatch
{
    private readonly QueueResource _queue;
    private readonly TimeProvider _time;
    private readonly DueMessages _due;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, Cancelled> _cancelled = [];

    internal QueueCancellationBatch(QueueResource queue, TimeProvider time) => (_queue, _time, _due) = (queue, time, new DueMessages(queue, time));

    /// <summary>Cancels a message, or some of its recipients (DELETE /queue/messages/{id}).</summary>
    /// <param name="id">The queue id.</param>
    /// <param name="recipients">The addresses to cancel, or domains as <c>@example.org</c>; null = the whole message.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when nothing was left to cancel, for one of them at least.</returns>
    /// <exception cref="MailServerException">As of <see cref="QueueResource.CancelAsync(ulong, string?, CancellationToken)"/>.</exception>
    public async Task<bool> CancelAsync(ulong id, IReadOnlyList<string>? recipients, CancellationToken cancellationToken)
    {
        bool isDue = await _due.MayContainAsync(id, cancellationToken).ConfigureAwait(false);
        bool all = true;
        foreach (string? recipient in recipients ?? [null!])
        {
            bool done = await _queue.CancelAsync(id, recipient, cancellationToken).ConfigureAwait(false);
            all &= done;
            if (done)
            {
                Record(id, recipient, isDue);
            }
        }
        return all;
    }

    /// <summary>
    /// Looks at what was cancelled: once where nothing was due, else for two seconds or more, up to a quarter of a minute. What is there again
    /// is cancelled once more.
    /// </summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What is left, and what nobody can know.</returns>
    public async Task<QueueCancellationReview> ReviewAsync(CancellationToken cancellationToken)
    {
        Dictionary<ulong, Cancelled> cancelled;
        lock (_gate)
        {
            cancelled = new Dictionary<ulong, Cancelled>(_cancelled);
        }
        if (cancelled.Count == 0)
        {
            return QueueCancellationReview.Nothing;
        }
        ulong[] due = [.. cancelled.Where(item => item.Value.WasDue).Select(item => item.Key)];
        var progress = new CancellationProgress([.. cancelled.Keys], anyDue: due.Length > 0);
        try
        {
            var look = new CancellationLook(token => FindRemainingAsync(cancelled, token), (ids, token) => CancelAgainAsync(ids, cancelled, token), _time);
            await look.RunAsync(progress, atOnce: due.Length == 0, cancellationToken).ConfigureAwait(false);
            bool mayBeUnderDelivery = due.Length > 0 && await _queue.MayBeDeliveringAsync(cancellationToken).ConfigureAwait(false);
            return new QueueCancellationReview([.. progress.Remaining.Order()], mayBeUnderDelivery ? [.. due.Except(progress.Remaining).Order()] : [], null);
        }
        catch (MailServerException e)
        {
            return new QueueCancellationReview([], [.. cancelled.Keys], e);
        }
    }

    private void Record(ulong id, string? recipient, bool isDue)
    {
        lock (_gate)
        {
            Cancelled item = _cancelled.GetValueOrDefault(id) ?? new Cancelled([], isDue);
            _cancelled[id] = recipient is null ? new Cancelled(null, isDue || item.WasDue) : item with { Recipients = item.Recipients is { } others ? [.. others, recipient] : null };
        }
    }

    private async Task<IReadOnlyList<ulong>> FindRemainingAsync(Dictionary<ulong, Cancelled> cancelled, CancellationToken cancellationToken)
    {
        ulong[] whole = [.. cancelled.Where(item => item.Value.Recipients is null).Select(item => item.Key)];
        ulong[] partly = [.. cancelled.Keys.Except(whole)];
        var remaining = new List<ulong>(whole.Length > 0 ? await _queue.FindQueuedAsync(whole, cancellationToken).ConfigureAwait(false) : []);
        if (partly.Length > 0)
        {
            await foreach (MailQueueMessage message in _queue.ListAsync(partly, cancellationToken).ConfigureAwait(false))
            {
                if (cancelled[message.Id].Recipients!.Any(recipient => QueueChecks.IsPending(message, recipient)))
                {
                    remaining.Add(message.Id);
                }
            }
        }
        return remaining;
    }

    private async Task CancelAgainAsync(IReadOnlyList<ulong> ids, Dictionary<ulong, Cancelled> cancelled, CancellationToken cancellationToken)
    {
        foreach (ulong id in ids)
        {
            await _queue.CancelAgainAsync(id, cancelled[id].Recipients, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A message that was cancelled.</summary>
    /// <param name="Recipients">The recipients; null = all of it.</param>
    /// <param name="WasDue">Whether it was due, or nobody knows.</param>
    private sealed record Cancelled(IReadOnlyList<string>? Recipients, bool WasDue);
}
