using System.Globalization;

namespace MailAdmin.Client.Http;

/// <summary>Holds the calls of batches back while the server is away, and asks for it at growing intervals, one question at a time.</summary>
/// <param name="isAlive">Asks the server for life.</param>
/// <param name="firstInterval">The interval before the first question; it doubles with each. Null = 0.25 s.</param>
/// <param name="waitNotifier">Tells of the wait.</param>
/// <param name="time">The clock of the connection.</param>
internal sealed class OutageGate(Func<CancellationToken, Task<bool>> isAlive, TimeSpan? firstInterval, WaitNotifier waitNotifier, TimeProvider time)
{
    private static readonly TimeSpan s_defaultFirstInterval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan s_maxInterval = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private Task<bool>? _recovery;

    /// <summary>Whether the server is known to be away.</summary>
    public bool IsAway => GetRecovery() is not null;

    /// <summary>Waits while the server is known to be away.</summary>
    /// <param name="timeout">How long to wait: whoever asks for life may have longer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it is away still.</returns>
    public async Task<bool> WaitWhileAwayAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (GetRecovery() is { } recovery)
        {
            await ((Task)recovery).WaitAsync(timeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return recovery.IsCompleted;
        }
        return true;
    }

    /// <summary>Holds calls back from now on, and begins to ask, unless somebody does already.</summary>
    /// <param name="cause">What went wrong with the call that found it away.</param>
    /// <param name="timeout">For how long to ask.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public void BeginRecovery(string cause, TimeSpan timeout, CancellationToken cancellationToken) => _ = StartRecovery(cause, time.GetUtcNow(), timeout, cancellationToken);

    /// <summary>Waits until the server is back.</summary>
    /// <param name="cause">What went wrong with the call that found it away.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it did not come back in time.</returns>
    public async Task<bool> WaitForRecoveryAsync(string cause, TimeSpan timeout, CancellationToken cancellationToken)
    {
        DateTimeOffset start = time.GetUtcNow();
        for (TimeSpan left; (left = start + timeout - time.GetUtcNow()) > TimeSpan.Zero;)
        {
            try
            {
                if (await StartRecovery(cause, start, timeout, cancellationToken).WaitAsync(left, time, cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }
            }
            catch (TimeoutException)
            {
                // Somebody else may wait for longer.
                return false;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Only the call that had begun to ask was cancelled: another one goes on asking.
            }
        }
        return false;
    }

    private Task<bool>? GetRecovery()
    {
        lock (_lock)
        {
            return _recovery is { IsCompleted: false } ? _recovery : null;
        }
    }

    private Task<bool> StartRecovery(string cause, DateTimeOffset start, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _recovery is { IsCompleted: false } ? _recovery : _recovery = AskUntilAliveAsync(cause, start, timeout, cancellationToken);
        }
    }

    private async Task<bool> AskUntilAliveAsync(string cause, DateTimeOffset start, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan left = start + timeout - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
            // One lost connection is not an outage: that is told only once the server does not answer either.
            if (attempt > 0)
            {
                waitNotifier.Notify(new WaitNotice(FormatReason(cause, start, timeout), left, WaitKind.Outage) { IsAnnouncement = attempt == 1 });
            }
            TimeSpan interval = Backoff.Exponential(firstInterval ?? s_defaultFirstInterval, attempt);
            interval = interval < s_maxInterval ? interval : s_maxInterval;
            await Task.Delay(interval < left ? interval : left, time, cancellationToken).ConfigureAwait(false);
            if (await isAlive(cancellationToken).ConfigureAwait(false))
            {
                NotifyRecovery(start, attempt);
                return true;
            }
        }
    }

    private void NotifyRecovery(DateTimeOffset start, int attempt)
    {
        if (attempt > 0)
        {
            waitNotifier.Notify(
                string.Create(CultureInfo.InvariantCulture, $"The server answers again after {DurationText.Format(time.GetUtcNow() - start)}; the work goes on."),
                TimeSpan.Zero,
                WaitKind.Outage);
        }
    }

    private string FormatReason(string cause, DateTimeOffset start, TimeSpan timeout) => string.Create(
        CultureInfo.InvariantCulture,
        $"The server has been away since {TimeZoneInfo.ConvertTime(start, time.LocalTimeZone):HH:mm:ss}. {cause} Nothing is sent until it answers again, for up to {DurationText.Format(timeout)}; then the work goes on.");
}
