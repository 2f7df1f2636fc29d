using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>The recording of 0.16.16, played once for all the tests of its sections.</summary>
public sealed class JmapReplay : IAsyncLifetime
{
    /// <summary>Before it the recorded server was being set up, in modes of its own.</summary>
    private const int FirstLine = 101;

    private readonly List<(string Section, string? Difference)> _compared = [];

    public int Apart { get; private set; }

    internal static IReadOnlyList<RecordedLine> ReadLines() =>
    [
        .. RecordedLine.ReadAll(Path.Combine(AppContext.BaseDirectory, "Recordings", "Jmap", "stalwart-0.16.16.jsonl"))
            .SkipWhile(line => line.Id != $"{FirstLine}"),
    ];

    public async ValueTask InitializeAsync()
    {
        IReadOnlyList<RecordedLine> lines = ReadLines();
        var server = new SandboxServer(new SandboxOptions
        {
            Empty = true,
            AdminPassword = "recorder-admin-secret",
            ServerVersion = "0.16.16",
            TimeProvider = new FrozenTime { Now = lines[0].Time!.Value },
            TreatCallersAsLoopback = false,
        });
        var replayer = new JmapReplayer(server);
        foreach (RecordedLine line in lines)
        {
            IReadOnlyList<string>? differences = JmapReplayExclusions.Covers(line) && line.Request is null ? null : await replayer.PlayAsync(line);
            if (JmapReplayExclusions.Covers(line))
            {
                Apart++;
            }
            else if (differences is not null)
            {
                _compared.Add((line.Section, differences.Count == 0 ? null : $"{line.Id} {line.Operation} ({JmapReplayer.Note(line)}): {string.Join("; ", differences)}"));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>How many exchanges of a section were compared, and how the others differ.</summary>
    internal (int Compared, IReadOnlyList<string> Differences) GetSection(string section)
    {
        string?[] ofSection = [.. _compared.Where(line => line.Section == section).Select(line => line.Difference)];
        return (ofSection.Length, [.. ofSection.OfType<string>()]);
    }
}
