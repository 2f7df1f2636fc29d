using System.Collections.Frozen;

namespace MailAdmin.Sandbox.Directory;

/// <summary>The permissions of 0.11.8, by name and by number, and those of the built-in roles.</summary>
internal static class Permissions
{
    private static readonly string[] UserNotJmap = ["jmap-principal-get", "jmap-principal-query", "jmap-principal-query-changes"];

    private static readonly string[] UserOthers =
    [
        "authenticate", "authenticate-oauth", "email-send", "email-receive", "manage-encryption", "manage-passwords", "spam-filter-train",
        "spam-filter-classify",
    ];

    private static readonly string[] TenantAdminPrefixes =
    [
        "message-queue-", "outgoing-report-", "incoming-report-", "individual-", "group-", "domain-", "mailing-list-", "role-", "principal-",
        "api-key-",
    ];

    /// <summary>All names in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = """
        impersonate unlimited-requests unlimited-uploads delete-system-folders message-queue-list message-queue-get
        message-queue-update message-queue-delete outgoing-report-list outgoing-report-get outgoing-report-delete
        incoming-report-list incoming-report-get incoming-report-delete settings-list settings-update settings-delete
        settings-reload individual-list individual-get individual-update individual-delete individual-create group-list
        group-get group-update group-delete group-create domain-list domain-get domain-create domain-update domain-delete
        tenant-list tenant-get tenant-create tenant-update tenant-delete mailing-list-list mailing-list-get mailing-list-create
        mailing-list-update mailing-list-delete role-list role-get role-create role-update role-delete principal-list
        principal-get principal-create principal-update principal-delete blob-fetch purge-blob-store purge-data-store
        purge-in-memory-store purge-account fts-reindex undelete dkim-signature-create dkim-signature-get spam-filter-update
        webadmin-update logs-view spam-filter-train restart tracing-list tracing-get tracing-live metrics-list metrics-live
        authenticate authenticate-oauth email-send email-receive manage-encryption manage-passwords jmap-email-get
        jmap-mailbox-get jmap-thread-get jmap-identity-get jmap-email-submission-get jmap-push-subscription-get
        jmap-sieve-script-get jmap-vacation-response-get jmap-principal-get jmap-quota-get jmap-blob-get jmap-email-set
        jmap-mailbox-set jmap-identity-set jmap-email-submission-set jmap-push-subscription-set jmap-sieve-script-set
        jmap-vacation-response-set jmap-email-changes jmap-mailbox-changes jmap-thread-changes jmap-identity-changes
        jmap-email-submission-changes jmap-quota-changes jmap-email-copy jmap-blob-copy jmap-email-import jmap-email-parse
        jmap-email-query-changes jmap-mailbox-query-changes jmap-email-submission-query-changes jmap-sieve-script-query-changes
        jmap-principal-query-changes jmap-quota-query-changes jmap-email-query jmap-mailbox-query jmap-email-submission-query
        jmap-sieve-script-query jmap-principal-query jmap-quota-query jmap-search-snippet jmap-sieve-script-validate
        jmap-blob-lookup jmap-blob-upload jmap-echo imap-authenticate imap-acl-get imap-acl-set imap-my-rights imap-list-rights
        imap-append imap-capability imap-id imap-copy imap-move imap-create imap-delete imap-enable imap-expunge imap-fetch
        imap-idle imap-list imap-lsub imap-namespace imap-rename imap-search imap-sort imap-select imap-examine imap-status
        imap-store imap-subscribe imap-thread pop3-authenticate pop3-list pop3-uidl pop3-stat pop3-retr pop3-dele
        sieve-authenticate sieve-list-scripts sieve-set-active sieve-get-script sieve-put-script sieve-delete-script
        sieve-rename-script sieve-check-script sieve-have-space api-key-list api-key-get api-key-create api-key-update
        api-key-delete oauth-client-list oauth-client-get oauth-client-create oauth-client-update oauth-client-delete
        oauth-client-registration oauth-client-override ai-model-interact troubleshoot spam-filter-classify
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static FrozenDictionary<string, int> Numbers { get; } =
        Names.Select((name, number) => KeyValuePair.Create(name, number)).ToFrozenDictionary(StringComparer.Ordinal);

    public static PermissionSet Admin { get; } = Where(_ => true);

    public static PermissionSet User { get; } = Where(IsForUsers);

    public static PermissionSet TenantAdmin { get; } = Where(name =>
        IsForUsers(name)
        || UserNotJmap.Contains(name)
        || name is "undelete" or "dkim-signature-create" or "dkim-signature-get"
        || TenantAdminPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>The number of a permission that this code itself names.</summary>
    public static int Number(string name) => Numbers[name];

    public static bool TryNumber(string name, out int number) => Numbers.TryGetValue(name, out number);

    private static bool IsForUsers(string name) =>
        UserOthers.Contains(name)
        || (name.StartsWith("jmap-", StringComparison.Ordinal) && !UserNotJmap.Contains(name))
        || name.StartsWith("imap-", StringComparison.Ordinal)
        || name.StartsWith("pop3-", StringComparison.Ordinal)
        || name.StartsWith("sieve-", StringComparison.Ordinal);

    private static PermissionSet Where(Func<string, bool> wanted)
    {
        var set = default(PermissionSet);
        for (var number = 0; number < Names.Count; number++)
        {
            if (wanted(Names[number]))
                set = set.With(number);
        }

        return set;
    }
}
