namespace MailAdmin.Sandbox.Setup;

/// <summary>The permissions of the roles that every server begins with, told from the names.</summary>
internal static class InitialRoles
{
    private static readonly string[] s_mail = ["jmap", "imap", "pop3", "calendar", "email", "dav", "sieve"];
    private static readonly string[] s_own = ["sysMaskedEmail", "sysArchivedItem", "sysAccountSettings", "sysPublicKey"];
    private static readonly string[] s_ownSignIn = ["sysAccountPassword", "sysApiKey", "sysAppPassword"];
    private static readonly string[] s_everybody = ["authenticate", "authenticateWithAlias", "interactAi"];

    private static readonly string[] s_directory =
    [
        "sysDomain", "sysDkimSignature", "sysAcmeProvider", "sysAccount", "sysRole", "sysOAuthClient", "sysMailingList", "sysExternalReport", "sysDnsServer", "sysQueuedMessage",
        "fetchAnyBlob", "liveDeliveryTest",
    ];

    /// <summary>Whoever has a mailbox.</summary>
    public static bool IsUsers(string permission) => s_everybody.Contains(permission) || IsGroups(permission) || BeginsWith(s_ownSignIn, permission);

    /// <summary>A group: as a user, but it does not sign in.</summary>
    public static bool IsGroups(string permission) => BeginsWith(s_mail, permission) || IsOwn(permission);

    /// <summary>Who administers a tenant.</summary>
    public static bool IsTenantAdministrators(string permission) =>
        s_everybody.Contains(permission) || (BeginsWith(s_directory, permission) && !IsOwn(permission) && !BeginsWith(s_ownSignIn, permission));

    /// <summary>Who administers the server: everything but mail.</summary>
    public static bool IsSystemAdministrators(string permission) => !BeginsWith(s_mail, permission);

    private static bool IsOwn(string permission) => BeginsWith(s_own, permission)
        || (permission.StartsWith("sysSpamTrainingSample", StringComparison.Ordinal) && !permission.EndsWith("Create", StringComparison.Ordinal));

    private static bool BeginsWith(string[] beginnings, string permission) => Array.Exists(beginnings, beginning => permission.StartsWith(beginning, StringComparison.Ordinal));
}
