namespace MailAdmin.Tests.Recordings;

/// <summary>
/// The recorded lines that the sandbox does not answer as the real server did, each with its reason. Every line named here has to
/// differ, every line not named has to agree, and the counts have to be right: so the list can only shrink.
/// </summary>
internal static class ReplayExclusions
{
    private static readonly ReplayExclusion[] s_allVersions =
    [
        new("access", "215", 1, "The recording holds the answers to 48 calls at once, not the calls; the limit has a test of its own."),
        new("store", "484-485", 2, "Sizes of stored mail, which differ between real servers too."),
        new("extra", "545", 1, "The same sizes of stored mail, in a list of principals."),
        new("extra", "594b 595", 2, "A race on purpose: the recording holds the answers, not the calls, and then what they happened to leave."),
    ];

    /// <summary>A call of the sandbox is in its log at once; real servers are sometimes slower.</summary>
    private static readonly ReplayExclusion[] s_firstVersion =
    [
        new("logs", "465", 1, "The reading itself was not in the log yet."),
    ];

    private static readonly ReplayExclusion[] s_laterVersions =
    [
        new("logs", "466", 1, "What was logged of missing parameters no longer holds the word of the filter; how it reads instead is not recorded."),
    ];

    /// <summary>Those of a version: some differ everywhere, some because of what a version happened to do.</summary>
    public static IReadOnlyList<ReplayExclusion> GetForVersion(string version) => [.. s_allVersions, .. version == "0.11.8" ? s_firstVersion : s_laterVersions];
}
