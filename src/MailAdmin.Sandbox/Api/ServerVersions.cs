namespace MailAdmin.Sandbox.Api;

/// <summary>The versions that there are recordings of.</summary>
internal static class ServerVersions
{
    /// <summary>The version from which on the server is managed over JMAP.</summary>
    private static readonly Version s_firstWithJmap = new(0, 16);

    /// <summary>Oldest first.</summary>
    private static readonly string[] s_known = ["0.11.8", "0.13.4", "0.15.5", "0.16.16"];

    /// <summary>All of them, oldest first.</summary>
    public static IReadOnlyList<string> Known => s_known;

    /// <summary>Finds a version by its first two numbers or all three.</summary>
    /// <exception cref="ArgumentException">There is no such version here.</exception>
    public static string Find(string version) =>
        Array.Find(s_known, known => known == version || known[..known.LastIndexOf('.')] == version)
        ?? throw new ArgumentException($"There is no sandbox of server version '{version}'. There are {string.Join(", ", s_known)}; the first two numbers are enough.");

    public static bool SpeaksJmap(string version) => Version.Parse(version) >= s_firstWithJmap;
}
