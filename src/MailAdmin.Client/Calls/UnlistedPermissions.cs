using System.Collections.Frozen;

namespace MailAdmin.Client.Calls;

/// <summary>Permissions of servers from 0.16 on that an account may have though the server does not list them: that one is not listed says nothing.</summary>
internal static class UnlistedPermissions
{
    // Nothing can be done with most of these: the server does not list them for who has them.
    private static readonly FrozenSet<string> s_ofAny = FrozenSet.Create(
        "jmapPrincipalChanges", "jmapPrincipalGet", "jmapPrincipalGetAvailability", "jmapPrincipalQuery", "jmapPrincipalQueryChanges", "sysAccountPasswordGet", "sysAccountPasswordUpdate",
        "sysArfExternalReportCreate", "sysArfExternalReportUpdate", "sysBootstrapGet", "sysBootstrapUpdate", "sysClusterNodeCreate", "sysClusterNodeDestroy", "sysClusterNodeUpdate",
        "sysDmarcExternalReportCreate", "sysDmarcExternalReportUpdate", "sysDmarcInternalReportCreate", "sysDmarcInternalReportUpdate", "sysLogCreate", "sysLogDestroy", "sysLogUpdate",
        "sysQueuedMessageCreate", "sysTlsExternalReportCreate", "sysTlsExternalReportUpdate", "sysTlsInternalReportCreate", "sysTlsInternalReportUpdate");

    // The recovery administrator has no account that it could use them with.
    private static readonly string[] s_ofRecovery =
    [
        .. ((string[])["ApiKey", "AppPassword"]).SelectMany(type => ((string[])["Get", "Query", "Create", "Update", "Destroy"]).Select(verb => $"sys{type}{verb}")),
        "sysAccountSettingsGet", "sysAccountSettingsUpdate",
    ];

    /// <summary>Those of any account, and of the recovery administrator.</summary>
    public static IEnumerable<string> All => s_ofAny.Concat(s_ofRecovery);

    /// <summary>Whether any account may have a permission unlisted.</summary>
    public static bool MayBeOfAny(string permission) => s_ofAny.Contains(permission);
}
