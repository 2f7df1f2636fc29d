namespace MailAdmin.Sandbox.Demonstration;

/// <summary>
/// The permissions of the sample organisation's roles as servers from 0.16 on name them. There accounts and groups have the same, and who reads them needs
/// those of domains, roles and lists too, to know what they are called that an account belongs to.
/// </summary>
internal static class RenamedPermissions
{
    private static readonly string[] s_getAccounts = ["sysAccountGet", "sysDomainGet", "sysMailingListGet", "sysRoleGet"];
    private static readonly string[] s_listAccounts = ["sysAccountQuery", "sysDomainQuery", "sysMailingListQuery", "sysRoleQuery"];

    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.Ordinal)
    {
        ["authenticate"] = ["authenticate"],
        ["domain-get"] = ["sysDomainGet"],
        ["domain-list"] = ["sysDomainQuery"],
        ["email-send"] = ["emailSend"],
        ["group-get"] = s_getAccounts,
        ["group-list"] = s_listAccounts,
        ["individual-get"] = s_getAccounts,
        ["individual-list"] = s_listAccounts,
        ["individual-update"] = ["sysAccountUpdate"],
        ["logs-view"] = ["sysLogGet", "sysLogQuery"],
        ["message-queue-get"] = ["sysQueuedMessageGet"],
        ["message-queue-list"] = ["sysQueuedMessageQuery"],
    };

    public static IEnumerable<string> Of(IEnumerable<string> permissions) => permissions.SelectMany(permission => s_names[permission]).Distinct();
}
