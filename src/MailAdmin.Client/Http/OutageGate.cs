using System.Globalization;

namespace MailAdmin.Client.Http;

/// <summary>Stops the calls of a batch while the server is away, and asks for it at growing intervals, one question at a time.</summary>
/// <param name="batch">The batch: how long it waits, and whether the server is away.</param>
/// <param name="isAlive">Asks the server for life.</param>
/// <param name="firstInterval">The interval before the first question; it doubles with each. Null = 0.25 s.</param>
/// <param name="waitNotifier">Tells of the wait.</param>
/// <param name="time">The clock of the connection.</param>
internal sealed class OutageGate(Batch batch, Func<CancellationToken, Task<bool>> isAlive, TimeSpan? firstInterval, WaitNotifier waitNotifier, TimeProvider time)
{
    private static readonly TimeSpan s_defaultFirstInterval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan s_maxInterval = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private Task<bool>? _recovery;

    /// <summary>Waits while the server is known to be away.</summary>
    public async Task WaitWhileAwayAsync(CancellationToken cancellationToken)
    {
        Task<bool>? recovery;
        lock (_lock)
        {
            recovery = _recovery;
        }
        if (recovery is { IsCompleted: false })
        {
            await ((Task)recovery).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until the server is back.</summary>
    /// <param name="cause">What went wrong with the call that found it away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it did not come back in time.</returns>
    public async Task<bool> WaitForRecoveryAsync(string cause, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<bool> recovery;
            lock (_lock)
            {
                if (_recovery is not { IsCompleted: false })
                {
                    _recovery = RecoverAsync(cause, cancellationToken);
                }
                recovery = _recovery;
            }
            try
            {
                return await recovery.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The call that began to ask was cancelled alone: another one goes on asking.
            }
        }
    }

    private async Task<bool> RecoverAsync(string cause, CancellationToken cancellationToken)
    {
        batch.IsServerAway = true;
        try
        {
            return await AskUntilAliveAsync(cause, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            batch.IsServerAway = false;
        }
    }

    private async Task<bool> AskUntilAliveAsync(string cause, CancellationToken cancellationToken)
    {
        DateTimeOffset start = time.GetUtcNow();
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan left = start + batch.OutageTimeout - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
            // One lost connection is not an outage: that is told only once the server does not answer either.
            if (attempt > 0)
            {
                waitNotifier.Notify(FormatReason(cause, start), left, WaitKind.Outage);
            }
            TimeSpan interval = Backoff.Exponential(firstInterval ?? s_defaultFirstInterval, attempt);
            interval = interval < s_maxInterval ? interval : s_maxInterval;
            await Task.Delay(interval < left ? interval : left, time, cancellationToken).ConfigureAwait(false);
            if (await isAlive(cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }
    }

    private string FormatReason(string cause, DateTimeOffset start) => string.Create(
        CultureInfo.InvariantCulture,
        $"The server is away since {TimeZoneInfo.ConvertTime(start, time.LocalTimeZone):HH:mm:ss}. {cause} Nothing is sent until it answers again, for up to {FormatDuration(batch.OutageTimeout)}; then the work goes on.");

    private static string FormatDuration(TimeSpan duration) => duration.TotalMinutes >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.#} minutes")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} seconds");
}
