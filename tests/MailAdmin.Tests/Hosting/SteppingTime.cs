using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>The clock of a client whose waits move the clock of its sandbox, so that both see the same seconds pass and no test sleeps. Nothing times out.</summary>
/// <param name="clock">The clock of the sandbox.</param>
/// <param name="longestWait">What is waited for longer does not come; null = all of it comes.</param>
internal sealed class SteppingTime(SandboxClock clock, TimeSpan? longestWait = null) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan && state is not CancellationTokenSource && !(dueTime > longestWait))
        {
            clock.Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }
        return new FiredTimer();
    }
}
