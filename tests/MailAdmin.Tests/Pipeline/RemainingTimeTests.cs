using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.Tests.Pipeline;

public sealed class RemainingTimeTests
{
    [Theory]
    [InlineData(1, 1, 0.0002, -1)]
    [InlineData(2, 100, 0.5, -1)]
    [InlineData(4, 1, 0.0002, -1)]
    [InlineData(4, 20, 0.004, 996)]
    [InlineData(4, 2, 0.1, 36)]
    [InlineData(10, 500, 0.5, 10)]
    [InlineData(10, 500, 1, 0)]
    public void An_estimate_waits_until_it_knows(double seconds, int count, double share, int estimate) =>
        RemainingTime.EstimateSeconds(TimeSpan.FromSeconds(seconds), count, share).ShouldBe(estimate);

    [Fact]
    public void Of_an_unknown_whole_nothing_is_left_to_tell() => RemainingTime.EstimateSeconds(TimeSpan.FromHours(1), 1000, null).ShouldBe(RemainingTime.Unknown);
}
