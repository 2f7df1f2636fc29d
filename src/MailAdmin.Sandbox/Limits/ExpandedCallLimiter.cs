using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Limits;

/// <summary>
/// The weakness of a real server: each call that reads many principals takes one connection to the store after another, and where more of these calls are
/// in progress than there are connections, all wait for each other (docs/api.md trap 59).
/// </summary>
internal sealed class ExpandedCallLimiter(int? limit, TimeProvider clock)
{
    private static readonly TimeSpan s_hangTime = TimeSpan.FromSeconds(30);

    private int _inProgress;
    private int _tripCount;

    /// <summary>How long such a call takes: as long as a real server needs for a group of a hundred members, since calls in progress must be able to meet.</summary>
    public TimeSpan WorkTime { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>How many calls met too many others.</summary>
    public int TripCount => _tripCount;

    /// <summary>Whether there is a limit.</summary>
    public bool IsLimited => limit is not null;

    /// <summary>Takes the time of such a call; with too many of them at once, hangs and fails.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // A call whose caller has gone is still worked on.
        if (Interlocked.Increment(ref _inProgress) > limit)
        {
            Interlocked.Increment(ref _tripCount);
            _ = Task.Delay(s_hangTime, clock, CancellationToken.None).ContinueWith(_ => Interlocked.Decrement(ref _inProgress), TaskScheduler.Default);
            await Task.Delay(s_hangTime, clock, cancellationToken).ConfigureAwait(false);
            throw ApiException.InternalError();
        }
        await Task.Delay(WorkTime, CancellationToken.None).ConfigureAwait(false);
        Interlocked.Decrement(ref _inProgress);
    }
}
