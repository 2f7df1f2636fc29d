namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Holds the sandbox of 0.16 to a real server: what that answered to a long story, section by section, the sandbox answers too.</summary>
public sealed class JmapReplayTests(JmapReplay replay, ITestOutputHelper output) : IClassFixture<JmapReplay>
{
    /// <summary>What a section has to agree by at least, in per cent.</summary>
    private const double Floor = 97;

    public static TheoryData<string> Sections => [.. JmapReplay.ReadLines().Select(line => line.Section).Distinct()];

    [Theory]
    [MemberData(nameof(Sections))]
    public void The_sandbox_answers_as_the_recorded_server_did(string section)
    {
        (int compared, IReadOnlyList<string> differences) = replay.GetSection(section);
        double agrees = Math.Round(100.0 * (compared - differences.Count) / compared, 1);
        string report = string.Join(Environment.NewLine, [$"{section}: {compared - differences.Count} of {compared} agree, {agrees} %", .. differences]);
        output.WriteLine(report);
        agrees.ShouldBeGreaterThanOrEqualTo(Floor, report);
    }

    [Fact]
    public void Only_the_listed_lines_are_not_compared() => replay.Apart.ShouldBe(JmapReplayExclusions.Count);
}
