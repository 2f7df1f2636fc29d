using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxClockTests
{
    private readonly FrozenTime _baseTime = new();

    [Fact]
    public void Advancing_adds_to_the_time_below()
    {
        var clock = new SandboxClock(_baseTime);
        long started = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromHours(2));
        _baseTime.Now += TimeSpan.FromMinutes(1);
        clock.GetUtcNow().ShouldBe(new DateTimeOffset(2026, 11, 23, 12, 1, 0, TimeSpan.Zero));
        clock.GetElapsedTime(started).ShouldBe(TimeSpan.FromMinutes(121));
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_has_been_advanced_far_enough()
    {
        var clock = new SandboxClock(_baseTime);
        var delay = Task.Delay(TimeSpan.FromMinutes(10), clock);
        clock.Advance(TimeSpan.FromMinutes(9));
        delay.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_time()
    {
        var clock = new SandboxClock(_baseTime);
        var fired = new List<string>();
        DateTimeOffset start = clock.GetUtcNow();
        using ITimer late = clock.CreateTimer(_ => fired.Add($"late {(clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using ITimer periodic = clock.CreateTimer(_ => fired.Add($"tick {(clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using ITimer disposed = clock.CreateTimer(_ => fired.Add("never"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        clock.Advance(TimeSpan.FromSeconds(7));
        fired.ShouldBe(["tick 2", "tick 4", "late 5", "tick 6"]);
    }

    [Fact]
    public async Task Time_passes_by_itself_too()
    {
        var clock = new SandboxClock();
        await Task.Delay(TimeSpan.FromMilliseconds(1), clock).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
