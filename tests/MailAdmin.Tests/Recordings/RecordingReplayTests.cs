using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Recordings;

/// <summary>Holds the sandbox to real servers: what each version answered to a long story, the sandbox of that version answers too.</summary>
public sealed class RecordingReplayTests
{
    /// <summary>When 0.11.8 was recorded, messages were under delivery while they were cancelled, and escaped; the others were faster.</summary>
    [Theory]
    [InlineData("0.11.8", 100)]
    [InlineData("0.13.4", 0)]
    [InlineData("0.15.5", 0)]
    public async Task The_sandbox_answers_as_the_recorded_server_did(string version, int deliveryMilliseconds)
    {
        // At the time of the recording: names that carry a month, as selectors of DKIM do, are then the same.
        IReadOnlyList<RecordedLine> lines = RecordedLine.ReadAll(Path.Combine(AppContext.BaseDirectory, "Recordings", $"stalwart-{version}.jsonl"));
        var time = new FrozenTime { Now = lines[0].Time!.Value };
        var server = new SandboxServer(new SandboxOptions
        {
            Empty = true,
            AdminPassword = "recorder-admin-secret",
            ServerVersion = version,
            TimeProvider = time,
            DeliveryTime = TimeSpan.FromMilliseconds(deliveryMilliseconds),
        });
        using var replayer = new Replayer(server);
        IReadOnlyList<ReplayExclusion> exceptions = ReplayExclusions.GetForVersion(version);
        var used = new Dictionary<ReplayExclusion, int>();
        var complaints = new List<string>();
        foreach (RecordedLine line in lines)
        {
            IReadOnlyList<string> differences = await replayer.PlayAsync(line) ?? ["not to be played: the recording holds answers only"];
            ReplayExclusion? exception = exceptions.FirstOrDefault(candidate => candidate.Covers(line));
            if (exception is not null)
            {
                used[exception] = used.GetValueOrDefault(exception) + 1;
            }

            if (differences.Count > 0 && exception is null)
            {
                complaints.Add($"{line.Id} ({line.Section}) differs: {string.Join("; ", differences)}");
            }
            else if (differences.Count == 0 && exception is not null)
            {
                complaints.Add($"{line.Id} ({line.Section}) agrees now: take it off the exceptions");
            }
        }

        complaints.AddRange(exceptions
            .Where(exception => used.GetValueOrDefault(exception) != exception.Count)
            .Select(exception => $"the exception for {exception.Section} {exception.Ids} covers {used.GetValueOrDefault(exception)} lines, not {exception.Count}"));
        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
    }
}
