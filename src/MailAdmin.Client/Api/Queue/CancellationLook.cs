namespace MailAdmin.Client.Api.Queue;

/// <summary>Looks after a cancellation until nothing is left or the time is up, and cancels again what the server passed by.</summary>
/// <param name="list">Lists what is left.</param>
/// <param name="cancelAgain">Cancels some of it by id.</param>
/// <param name="time">The clock that waits.</param>
internal sealed class CancellationLook(
    Func<CancellationToken, Task<IReadOnlyList<ulong>>> list, Func<IReadOnlyList<ulong>, CancellationToken, Task> cancelAgain, TimeProvider time)
{
    /// <summary>Looks for up to a quarter of a minute.</summary>
    /// <param name="progress">What was cancelled.</param>
    /// <param name="atOnce">Whether the first look comes at once: the server had answered when it was done.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task RunAsync(CancellationProgress progress, bool atOnce, CancellationToken cancellationToken)
    {
        IReadOnlyList<TimeSpan> delays = atOnce ? [TimeSpan.Zero, .. CancellationProgress.PollDelays] : CancellationProgress.PollDelays;
        foreach (TimeSpan delay in delays)
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }
            progress.RecordPoll(await list(cancellationToken).ConfigureAwait(false));
            if (progress.IsComplete)
            {
                return;
            }
            if (progress.IsStalled)
            {
                // By id the server answers when it is done.
                await cancelAgain(progress.Remaining, cancellationToken).ConfigureAwait(false);
                progress.UpdateRemaining(await list(cancellationToken).ConfigureAwait(false));
            }
        }
    }
}
