using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>The clock of a client whose waits move the clock of its sandbox, so that both see the same seconds pass and no test sleeps. Nothing times out.</summary>
internal sealed class SteppingTime(SandboxClock clock) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan && state is not CancellationTokenSource)
        {
            clock.Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }
        return new FiredTimer();
    }
}
