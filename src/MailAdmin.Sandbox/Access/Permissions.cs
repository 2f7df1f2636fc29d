using System.Collections.Frozen;

namespace MailAdmin.Sandbox.Access;

/// <summary>The permissions of every version by name and by number; which of them a version knows is for its <see cref="PermissionCatalogue"/>.</summary>
internal static class Permissions
{
    /// <summary>Those of 0.11, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Base { get; } = Split("""
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
        """);

    /// <summary>Those that came by 0.13.</summary>
    public static IReadOnlyList<string> Calendaring { get; } = Split("""
        dav-file-delete dav-file-put dav-file-copy dav-file-move dav-file-lock dav-file-acl dav-card-prop-find
        dav-card-prop-patch dav-card-get dav-card-mk-col dav-card-delete dav-card-put dav-card-copy dav-card-move dav-card-lock
        dav-card-acl dav-card-query dav-card-multi-get dav-cal-prop-find dav-cal-prop-patch dav-cal-get dav-cal-mk-col
        dav-cal-delete dav-cal-put dav-cal-copy dav-cal-move dav-cal-lock dav-cal-acl dav-cal-query dav-cal-multi-get
        dav-cal-free-busy-query calendar-alarms calendar-scheduling-send calendar-scheduling-receive dav-sync-collection
        dav-expand-property dav-principal-acl dav-principal-list dav-principal-match dav-principal-search
        dav-principal-search-prop-set dav-file-prop-find dav-file-prop-patch dav-file-get dav-file-mk-col
        """);

    /// <summary>Those that came by 0.15, two of them in the place of older ones.</summary>
    public static IReadOnlyList<string> Collaboration { get; } = Split("""
        jmap-calendar-event-copy jmap-calendar-event-parse jmap-calendar-event-notification-get
        jmap-calendar-event-notification-set jmap-calendar-event-notification-changes jmap-calendar-event-notification-query
        jmap-calendar-event-notification-query-changes jmap-participant-identity-get jmap-participant-identity-set
        jmap-participant-identity-changes jmap-address-book-get jmap-address-book-set jmap-address-book-changes
        jmap-contact-card-get jmap-contact-card-changes jmap-contact-card-query jmap-contact-card-query-changes
        jmap-contact-card-set jmap-contact-card-copy jmap-contact-card-parse jmap-file-node-get jmap-file-node-set
        jmap-file-node-changes jmap-file-node-query jmap-file-node-query-changes jmap-principal-get-availability
        jmap-principal-changes jmap-share-notification-get jmap-share-notification-set jmap-share-notification-changes
        jmap-share-notification-query jmap-share-notification-query-changes jmap-calendar-get jmap-calendar-set
        jmap-calendar-changes jmap-calendar-event-get jmap-calendar-event-set jmap-calendar-event-changes
        jmap-calendar-event-query jmap-calendar-event-query-changes spam-filter-test delete-system-folders-
        """);

    /// <summary>All names in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Base, .. Calendaring, .. Collaboration];

    private static FrozenDictionary<string, int> Numbers { get; } =
        Names.Select((name, number) => KeyValuePair.Create(name, number)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number of a permission that this code itself names.</summary>
    public static int GetNumber(string name) => Numbers[name];

    public static bool TryGetNumber(string name, out int number) => Numbers.TryGetValue(name, out number);

    private static string[] Split(string names) => names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
