// A bulk cancellation runs in the background and races with deliveries under way: a message that a worker holds is written back. So look again.
namespace MailAdmin.Client.Api.Queue;

/// <summary>Cancels what a filter means and sees it gone, or tells what is left (contract §6.3, trap 24).</summary>
internal sealed class BulkCancellation(QueueResource queue, QueueFilter filter, TimeProvider time)
{
    // A quarter of a minute altogether. The first look comes late on purpose: a message that a worker holds is gone at first, and comes back.
    private static readonly TimeSpan[] s_pollDelays = [.. new[] { 1, 1, 2, 2, 4, 4 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public async Task<QueueCancellation> RunAsync(CancellationToken cancellationToken)
    {
        // What arrives meanwhile was not meant, even where the filter fits it.
        IReadOnlyList<ulong> matched = await queue.ListIdsAsync(filter, cancellationToken).ConfigureAwait(false);
        if (matched.Count == 0)
        {
            return new QueueCancellation([], []);
        }
        // Only what is due can be under delivery; then one empty look is not enough.
        int enough = await queue.CountDueAsync(filter, cancellationToken).ConfigureAwait(false) > 0 ? 2 : 1;
        await queue.DeleteAsync(filter, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ulong> left = matched;
        int empty = 0;
        foreach (TimeSpan pause in s_pollDelays)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            int before = left.Count;
            left = await GetRemainingAsync(matched, cancellationToken).ConfigureAwait(false);
            empty = left.Count == 0 ? empty + 1 : 0;
            if (empty == enough)
            {
                break;
            }
            if (left.Count > 0 && left.Count >= before)
            {
                // The background work has passed these by; by id the server answers when it is done.
                await CancelEachAsync(left, cancellationToken).ConfigureAwait(false);
                left = await GetRemainingAsync(matched, cancellationToken).ConfigureAwait(false);
            }
        }
        return new QueueCancellation(matched, left);
    }

    private async Task<IReadOnlyList<ulong>> GetRemainingAsync(IReadOnlyList<ulong> of, CancellationToken cancellationToken)
    {
        var there = new HashSet<ulong>(await queue.ListIdsAsync(filter, cancellationToken).ConfigureAwait(false));
        return [.. of.Where(there.Contains)];
    }

    private async Task CancelEachAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken)
    {
        foreach (ulong id in ids)
        {
            try
            {
                await queue.CancelAsync(id, null, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e.Code is MailErrorCode.NotFound or MailErrorCode.OutcomeUnknown)
            {
                // Gone meanwhile, or the next look tells.
            }
        }
    }
}
