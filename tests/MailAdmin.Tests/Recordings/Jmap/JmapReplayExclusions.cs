namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>The lines that cannot be compared, whatever the server: they are played where they can be, and counted apart.</summary>
internal static class JmapReplayExclusions
{
    public const int Count = 10;

    private const string Spread = "Tasks for each account are spread over five minutes at random: how many are left is chance.";

    private static readonly (string Section, string Note, string Reason)[] s_all =
    [
        ("settings", "port 2599", "A port of the recording machine."),
        ("errors", "24 updates of one account at once", "A race on purpose."),
        ("limits", "10 slow requests at once", "A race on purpose; the limit has a test of its own."),
        ("limits", "1100 calls of one account", "A minute ended while it was recorded; the limit has a test of its own."),
        ("account", "unknown tenant", "Two wrong references: the server names either."),
        ("tasks", "what is left: only what failed or waits", Spread),
        ("tasks", "by type", Spread),
        ("tasks", "pending: does it", Spread),
        ("tasks", "one with a total", Spread),
        ("more", "what is left to do", Spread),
    ];

    public static bool Covers(RecordedLine line) =>
        Array.Exists(s_all, one => one.Section == line.Section && JmapReplayer.Note(line).StartsWith(one.Note, StringComparison.Ordinal));
}
