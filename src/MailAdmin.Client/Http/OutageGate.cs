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
    private TimeSpan _ended;

    /// <summary>How many recoveries have begun.</summary>
    public int RecoveryCount { get; private set; }

    /// <summary>How long the recoveries that have ended took together.</summary>
    public TimeSpan RecoveryTime
    {
        get
        {
            lock (_lock)
            {
                return _ended;
            }
        }
    }

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
    /// <param name="outage">The call that found it away.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public void BeginRecovery(Outage outage, CancellationToken cancellationToken) => _ = StartRecovery(outage, time.GetUtcNow(), cancellationToken);

    /// <summary>Waits until the server is back.</summary>
    /// <param name="outage">The call that found it away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it did not come back in time.</returns>
    public async Task<bool> WaitForRecoveryAsync(Outage outage, CancellationToken cancellationToken)
    {
        DateTimeOffset start = time.GetUtcNow();
        for (TimeSpan left; (left = start + outage.Timeout - time.GetUtcNow()) > TimeSpan.Zero;)
        {
            try
            {
                if (await StartRecovery(outage, start, cancellationToken).WaitAsync(left, time, cancellationToken).ConfigureAwait(false))
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

    private Task<bool> StartRecovery(Outage outage, DateTimeOffset start, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // A call that was sent before the last recovery says nothing of the time after it.
            bool isOver = RecoveryCount > outage.SentAfter && _recovery is { IsCompletedSuccessfully: true, Result: true };
            if (_recovery is { IsCompleted: false } || isOver)
            {
                return _recovery!;
            }
            RecoveryCount++;
            return _recovery = MeasureAsync(AskUntilAliveAsync(outage, start, cancellationToken));
        }
    }

    private async Task<bool> MeasureAsync(Task<bool> recovery)
    {
        DateTimeOffset start = time.GetUtcNow();
        try
        {
            return await recovery.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _ended += time.GetUtcNow() - start;
            }
        }
    }

    private async Task<bool> AskUntilAliveAsync(Outage outage, DateTimeOffset start, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            TimeSpan left = start + outage.Timeout - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
            // One lost connection is not an outage: that is told only once the server does not answer either.
            if (attempt > 0)
            {
                waitNotifier.Notify(new WaitNotice(FormatReason(outage.Cause, start, outage.Timeout), left, WaitKind.Outage) { IsAnnouncement = attempt == 1 });
            }
            else if (outage.EarlierRecoveries > 0)
            {
                waitNotifier.Notify(new WaitNotice(FormatFailedRecovery(outage), left, WaitKind.Outage) { IsAnnouncement = outage.EarlierRecoveries == 1 });
            }
            TimeSpan interval = Backoff.Exponential(firstInterval ?? s_defaultFirstInterval, outage.EarlierRecoveries + attempt);
            interval = Backoff.AtLeast(attempt == 0 ? outage.RetryAfter : null, interval < s_maxInterval ? interval : s_maxInterval);
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

    private static string FormatFailedRecovery(Outage outage) =>
        $"The server answers when it is asked whether it is alive, but not the calls. {outage.Cause} They are sent again after growing pauses, for up to {DurationText.Format(outage.Timeout)}.";
}
