using MailAdmin.Sandbox.Access;

namespace MailAdmin.Sandbox.Api;

/// <summary>
/// What the versions of the server do differently, as far as a client sees it. Each fact names the version that brought it;
/// code asks for the fact and not for the version.
/// </summary>
internal sealed class ServerDialect
{
    private readonly Version _parsedVersion;

    private ServerDialect(string version)
    {
        Version = version;
        _parsedVersion = System.Version.Parse(version);
    }

    /// <summary>The version that the server reports.</summary>
    public string Version { get; }

    // All calls.

    /// <summary>What bodies are read into.</summary>
    public RequestTypes RequestTypes => field ??= new RequestTypes(this);

    /// <summary>0.12: path segments are percent-decoded only. Before, + was a space, and = or &amp; cut off the rest.</summary>
    public bool OnlyPercentDecodesPaths => IsAtLeast(0, 12);

    /// <summary>
    /// 0.12: a 401 names the schemes, in two headers. From 0.13 only where the credentials are of an unknown kind or no token at all,
    /// and beyond <c>/api</c>; versions between are not known here.
    /// </summary>
    public bool SendsAuthenticateHeaders => IsAtLeast(0, 12);

    /// <summary>0.12: health is a problem document with a title.</summary>
    public bool HealthHasTitle => IsAtLeast(0, 12);

    /// <summary>0.13: each call that signs in leaves a line in the log.</summary>
    public bool LogsSignIns => IsAtLeast(0, 13);

    /// <summary>0.13: the server's own texts are quoted in the log, as those of clients were before.</summary>
    public bool QuotesServerTextInLog => IsAtLeast(0, 13);

    /// <summary>0.15.2: the OpenID document includes the device flow.</summary>
    public bool OpenIdListsDeviceEndpoint => IsAtLeast(0, 15);

    // The directory.

    /// <summary>0.12.5: a principal has a locale. Before, a body that names one is refused.</summary>
    public bool HasLocale => IsAtLeast(0, 12);

    /// <summary>0.12: ids of principals ascend from 1. Before, any free id was taken.</summary>
    public bool AssignsSequentialIds => IsAtLeast(0, 12);

    /// <summary>0.12: a filter finds whole words of name, description and addresses. Before, any part of any text, secrets included.</summary>
    public bool FiltersByWholeWords => IsAtLeast(0, 12);

    /// <summary>0.12: a list of one is a list. Before, it was a bare text.</summary>
    public bool WritesSingleItemLists => IsAtLeast(0, 12);

    /// <summary>0.12 and 0.13: secrets and addresses are there even when there are none.</summary>
    public bool WritesEmptyLists => IsAtLeast(0, 12) && !IsAtLeast(0, 14);

    /// <summary>0.14: an empty list is absent, even one that was set to nothing.</summary>
    public bool OmitsEmptyLists => IsAtLeast(0, 14);

    /// <summary>0.12: a posted quota that is not a number is dropped, and so is 0. Before, a text was kept and limited nothing.</summary>
    public bool DropsNonNumericQuotas => IsAtLeast(0, 12);

    /// <summary>0.13: a role's changed permissions do not reach members who called before, until something of their own changes.</summary>
    public bool CachesPermissions => IsAtLeast(0, 13);

    /// <summary>0.14: what is not a text in a posted list is skipped. Before, the request was refused.</summary>
    public bool SkipsNonStrings => IsAtLeast(0, 14);

    /// <summary>0.14: an address posted twice is kept once.</summary>
    public bool DeduplicatesAddresses => IsAtLeast(0, 14);

    /// <summary>
    /// 0.14: a principal has one plain password and one TOTP secret: adding one replaces it, and of several given together the first is
    /// kept. Removing "" removes the TOTP secret and all app passwords and leaves the password. Tokens depend on the password.
    /// </summary>
    public bool AllowsOnePasswordOnly => IsAtLeast(0, 14);

    /// <summary>0.13: 45 permissions of calendars and files; 0.15: 42 more, and two under new names.</summary>
    public PermissionCatalogue Permissions => IsAtLeast(0, 15) ? PermissionCatalogue.Collaboration
        : IsAtLeast(0, 13) ? PermissionCatalogue.Calendaring
        : PermissionCatalogue.Base;

    // The queue and delivery.

    /// <summary>
    /// 0.13: each recipient of a queued message has a schedule and a status of its own. Before, it shared its domain's, and was nested in
    /// it. A reschedule of one message goes by address, no longer by domain.
    /// </summary>
    public bool QueuesByRecipient => IsAtLeast(0, 13);

    /// <summary>0.13: what is rescheduled is limited by attempts until the next one. Before, it expired ten seconds after it.</summary>
    public bool LimitsRescheduledByAttempts => IsAtLeast(0, 13);

    /// <summary>0.13: a failure names the host concerned and the command refused.</summary>
    public bool IncludesHostsInFailures => IsAtLeast(0, 13);

    /// <summary>After how many days a message expires. 0.16: three. Before, five.</summary>
    public int MessageLifetimeDays => IsAtLeast(0, 16) ? 3 : 5;

    /// <summary>0.16: signatures and the like are kept apart from a message, which stays as it was handed in. Before, they were put before it.</summary>
    public bool KeepsMessagesAsSent => IsAtLeast(0, 16);

    /// <summary>0.16: the mail of users is not searched for reports. Before, all mail was.</summary>
    public bool ReadsReportsOfUsers => !IsAtLeast(0, 16);

    /// <summary>0.16: a report covers a day from the first failure on. Before, a day of the calendar.</summary>
    public bool ReportsFromFirstFailure => IsAtLeast(0, 16);

    /// <summary>0.16: a name that DNS servers refuse to look up is an error. Before, it did not exist.</summary>
    public bool RefusedLookUpsAreErrors => IsAtLeast(0, 16);

    /// <summary>0.16: queues of their own for local mail, mail to others and bounces. Before, one for all.</summary>
    public bool SplitsQueues => IsAtLeast(0, 16);

    /// <summary>0.13: in the delivery test, missing TLSA records whose absence is not proven are an error.</summary>
    public bool ReportsMissingTlsaAsError => IsAtLeast(0, 13);

    /// <summary>0.15: a list of traces without filter, message or time covers the last 24 hours.</summary>
    public bool LimitsTracesToOneDay => IsAtLeast(0, 15);

    // Accounts and stores.

    /// <summary>0.13: mail that arrives makes the five usual mailboxes, and a reset counts them.</summary>
    public bool CountsDefaultMailboxes => IsAtLeast(0, 13);

    /// <summary>0.15: encryption at rest has a required flag, whether the spam filter may be trained with the mail.</summary>
    public bool EncryptionHasSpamTrainingFlag => IsAtLeast(0, 15);

    /// <summary>0.15: a reindex names an index, one of five. Before, there was one and it was not named.</summary>
    public bool RequiresIndexName => IsAtLeast(0, 15);

    /// <summary>0.15: a deleted item has sender, subject and date. Before, only its collection.</summary>
    public bool DescribesDeletedItems => IsAtLeast(0, 15);

    // The spam filter.

    /// <summary>0.15: samples of spam and ham are uploaded and trained later, not at once.</summary>
    public bool CollectsSpamSamples => IsAtLeast(0, 15);

    /// <summary>Before 0.15: the training data are in the in-memory store, and a purge of <c>bayes-…</c> deletes them.</summary>
    public bool KeepsBayesInMemory => !IsAtLeast(0, 15);

    /// <summary>0.15: the classifier grades the probability in seven steps; before, spam or ham or nothing.</summary>
    public bool GradesSpamProbability => IsAtLeast(0, 15);

    /// <summary>0.15: the permission to classify is not that to train.</summary>
    public string ClassifyPermission => IsAtLeast(0, 15) ? "spam-filter-test" : "spam-filter-train";

    /// <summary>0.16: signatures of the second version of DKIM are looked for.</summary>
    public bool KnowsDkim2 => IsAtLeast(0, 16);

    /// <summary>0.15: the verdict's last header is <c>X-Spam-Score: ham</c>, not <c>X-Spam-Status: No</c>.</summary>
    public bool HasSpamScoreHeader => IsAtLeast(0, 15);

    /// <summary>Finds a version by its first two numbers or all three.</summary>
    /// <exception cref="ArgumentException">There is no such version here.</exception>
    public static ServerDialect FromVersion(string version) => new(ServerVersions.Find(version));

    private bool IsAtLeast(int major, int minor) => _parsedVersion >= new Version(major, minor);
}
