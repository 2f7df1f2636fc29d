namespace MailAdmin.Sandbox.Access;

/// <summary>The permissions that a version knows, and those of its built-in roles.</summary>
internal sealed class PermissionCatalogue
{
    private static readonly string[] s_principals = ["jmap-principal-get", "jmap-principal-query", "jmap-principal-query-changes"];
    private static readonly string[] s_davPrincipals = ["dav-principal-list", "dav-principal-search"];
    private static readonly string[] s_userPrefixes = ["jmap-", "imap-", "pop3-", "sieve-", "dav-", "calendar-"];

    private static readonly string[] s_userOthers =
        ["authenticate", "authenticate-oauth", "email-send", "email-receive", "manage-encryption", "manage-passwords", "spam-filter-train", "spam-filter-classify"];

    private static readonly string[] s_tenantAdminPrefixes =
    [
        "message-queue-", "outgoing-report-", "incoming-report-", "individual-", "group-", "domain-", "mailing-list-", "role-", "principal-",
        "api-key-",
    ];

    private PermissionCatalogue(IEnumerable<string> permissions, IReadOnlyCollection<string> excludedForUsers)
    {
        string[] names = permissions.ToArray();
        Admin = Select(names, _ => true);
        User = Select(names, name => IsUserPermission(name) && !excludedForUsers.Contains(name));
        TenantAdmin = Select(names, name => User.Contains(name)
            || s_principals.Contains(name)
            || name is "undelete" or "dkim-signature-create" or "dkim-signature-get"
            || s_tenantAdminPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>The 181 of 0.11.</summary>
    public static PermissionCatalogue Base { get; } = new(Permissions.Base, s_principals);

    /// <summary>The 226 of 0.13: calendars and files came.</summary>
    public static PermissionCatalogue Calendaring { get; } = new([.. Permissions.Base, .. Permissions.Calendaring], [.. s_principals, .. s_davPrincipals]);

    /// <summary>
    /// The 266 of 0.15: two go under new names, users see each other and no longer train the spam filter.
    /// </summary>
    public static PermissionCatalogue Collaboration { get; } = new(
        Permissions.Names.Except(["delete-system-folders", "spam-filter-classify"]), ["spam-filter-train"]);

    /// <summary>All of them.</summary>
    public PermissionSet Admin { get; }

    public PermissionSet User { get; }

    public PermissionSet TenantAdmin { get; }

    /// <summary>The permissions of a built-in role; none for any other id.</summary>
    public PermissionSet GetForBuiltInRole(uint id) => id switch
    {
        BuiltInRoles.Admin => Admin,
        BuiltInRoles.TenantAdmin => TenantAdmin,
        BuiltInRoles.User => User,
        _ => default,
    };

    /// <summary>The number of a permission, if this version knows it.</summary>
    public bool TryGetNumber(string name, out int number) => Permissions.TryGetNumber(name, out number) && Admin.Contains(number);

    private static bool IsUserPermission(string name) =>
        s_userOthers.Contains(name) || s_userPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static PermissionSet Select(string[] names, Func<string, bool> predicate) =>
        names.Where(predicate).Aggregate(default(PermissionSet), (set, name) => set.With(Permissions.GetNumber(name)));
}
