using MailAdmin.Sandbox.Directory;

namespace MailAdmin.Sandbox;

/// <summary>
/// What the versions of the server do differently, as far as a client sees it. Each fact names the version that brought it;
/// whoever answers a call asks for the fact and not for the version.
/// </summary>
internal sealed class ServerDialect
{
    /// <summary>The versions that there are recordings of, oldest first.</summary>
    private static readonly string[] Known = ["0.11.8", "0.13.4", "0.15.5"];

    private readonly Version number;

    private ServerDialect(string version)
    {
        Version = version;
        number = System.Version.Parse(version);
    }

    /// <summary>What the server says it is.</summary>
    public string Version { get; }

    /// <summary>The permissions it knows.</summary>
    public PermissionCatalogue Permissions => Since(0, 15) ? PermissionCatalogue.Collaboration
        : Since(0, 13) ? PermissionCatalogue.Calendaring
        : PermissionCatalogue.First;

    /// <summary>0.13: each call that signs in leaves a line in the log.</summary>
    public bool LogsSignIns => Since(0, 13);

    /// <summary>0.13: texts that the server itself makes are quoted in the log, as those of callers were before.</summary>
    public bool QuotesLogTexts => Since(0, 13);

    /// <summary>0.15: samples of spam and ham are uploaded and learnt later, not at once.</summary>
    public bool CollectsSpamSamples => Since(0, 15);

    /// <summary>Before 0.15: what was learnt lies in the in-memory store, of which a purge by the words <c>bayes-…</c> rids it.</summary>
    public bool KeepsLearningInMemory => !Since(0, 15);

    /// <summary>0.15: the classifier tells how sure it is, in seven steps; before, spam or ham or nothing.</summary>
    public bool GradesSpam => Since(0, 15);

    /// <summary>0.15: the permission to classify is not that to train.</summary>
    public string ClassifyPermission => Since(0, 15) ? "spam-filter-test" : "spam-filter-train";

    /// <summary>0.15: the verdict's last header is <c>X-Spam-Score: ham</c>, not <c>X-Spam-Status: No</c>.</summary>
    public bool HasSpamScoreHeader => Since(0, 15);

    /// <summary>Finds a version by its first two numbers or all three.</summary>
    /// <exception cref="ArgumentException">There is no such version here.</exception>
    public static ServerDialect Of(string version)
    {
        var known = Array.Find(Known, known => known == version || known.StartsWith(version + ".", StringComparison.Ordinal) && version.Contains('.'));
        return known is null
            ? throw new ArgumentException($"There is no sandbox of server version '{version}'. There are {string.Join(", ", Known)}; the first two numbers are enough.", nameof(version))
            : new ServerDialect(known);
    }

    private bool Since(int major, int minor) => number >= new Version(major, minor);
}
