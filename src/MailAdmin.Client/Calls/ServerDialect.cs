namespace MailAdmin.Client;

/// <summary>
/// What the versions of the server do differently, as far as the client or a cmdlet must act on it. Each fact names the version that
/// brought it, and is null where the version is unknown: whoever asks then decides which side is safe.
/// </summary>
public sealed class ServerDialect
{
    /// <summary>Stands for a version that the server sent and that cannot be read.</summary>
    internal static readonly Version UnreadableVersion = new(0, 0);

    // What the spam filter and the indexes are asked for, by the version that changed it.
    private static readonly Operation[] s_since015 =
    [
        Operations.UploadSpam, Operations.UploadHam, Operations.UploadSpamForAccount, Operations.UploadHamForAccount,
        Operations.StartTraining, Operations.StopTraining, Operations.ResetTraining, Operations.DeleteTraining, Operations.GetTrainingStatus,
        Operations.ReindexNamed, Operations.ReindexNamedForAccount,
    ];

    private static readonly Operation[] s_before015 =
    [
        Operations.TrainSpam, Operations.TrainHam, Operations.TrainSpamForAccount, Operations.TrainHamForAccount,
        Operations.Reindex, Operations.ReindexAccount,
    ];

    private static readonly Operation[] s_since016 =
    [
        Operations.DiscoverSignIn, Operations.SignIn, Operations.ShowSignInPage, Operations.DescribeAccount, Operations.FindSchema, Operations.GetSchema, Operations.RequestStreamToken, Operations.DescribeJmapSession, Operations.CallJmap,
        Operations.TestDeliveryLive, Operations.WatchTracesLive, Operations.WatchMetricsLive, Operations.UploadBlob, Operations.DownloadBlob,
    ];

    private readonly Version? _version;

    internal ServerDialect(Version? version) => _version = version == UnreadableVersion ? null : version;

    /// <summary>0.12.5: a principal has a locale. Before, a body that names one is refused as a whole (docs/api.md §6.1).</summary>
    public bool? HasLocale => Since(0, 12, 5);

    /// <summary>
    /// 0.13: a reschedule to a time before the expiry replaces the expiry by a number of attempts, and later reschedules have no limit.
    /// Before, the message then expires ten seconds after the new time, so that the next temporary failure is the last. In every version a
    /// time beyond the expiry leaves the expiry as it is: the message is given up untried (docs/api.md §6.3, trap 56).
    /// </summary>
    public bool? ReplacesExpiryByAttempts => Since(0, 13);

    /// <summary>
    /// 0.13: a role's changed permissions do not reach members who have signed in before, until each of them is changed or the server
    /// restarts (docs/api.md §9, trap 58).
    /// </summary>
    public bool? CachesRolePermissions => Since(0, 13);

    /// <summary>
    /// 0.14: a principal has one password. Adding one replaces it, removing <c>""</c> removes one-time codes and app passwords instead, and a
    /// new password set by the account itself takes those with it. Before, <c>""</c> removed all passwords and nothing else (docs/api.md §6.1, §9).
    /// </summary>
    public bool? HasSinglePassword => Since(0, 14);

    /// <summary>0.15: there are five search indexes, and a reindex names one. Before, there is one, of mail, and the path names an account in that place (docs/api.md §9).</summary>
    public bool? HasNamedIndexes => Since(0, 15);

    /// <summary>0.15: the spam filter stores samples and learns from them later. Before, it learns from each message at once (docs/api.md §9).</summary>
    public bool? StoresSpamSamples => Since(0, 15);

    /// <summary>0.15: a list of traces without a text, a queued message or a time covers the last 24 hours alone (docs/api.md §9).</summary>
    public bool? ListsTracesOfOneDay => Since(0, 15);

    /// <summary>
    /// 0.15: the spam filter is trained and the indexes are rebuilt by other calls than before (docs/api.md §9). 0.16: the management API is gone; what lies
    /// beside it stays, and JMAP does the rest. All else is in every version from 0.11 to 0.15.
    /// </summary>
    internal bool? HasOperation(Operation operation) =>
        s_since016.Contains(operation) ? Since(0, 16)
        : operation.IsUnderApi && Since(0, 16) == true ? false
        : s_since015.Contains(operation) ? Since(0, 15)
        : s_before015.Contains(operation) ? !Since(0, 15)
        : true;

    /// <summary>Which versions have an operation that not all have.</summary>
    internal static string DescribeVersions(Operation operation) =>
        s_since016.Contains(operation) ? "from 0.16 on"
        : s_since015.Contains(operation) ? "from 0.15 on"
        : "before 0.15 only";

    private bool? Since(int major, int minor, int build = 0) => _version is null ? null : _version >= new Version(major, minor, build);
}
