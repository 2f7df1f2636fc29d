namespace MailAdmin.Tests.Hosting;

/// <summary>A clock that stands still until it is told otherwise, so that no minute ends in the middle of a test.</summary>
internal sealed class FrozenTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
