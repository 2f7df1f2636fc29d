using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary><c>GET /api/account</c>: what the caller may do, and of which edition the server is.</summary>
/// <param name="permissions">All permissions, in the server's order.</param>
/// <param name="edition">The edition.</param>
internal sealed class AccountDocument(IReadOnlyList<string> permissions, SandboxEdition edition)
{
    /// <summary>The permissions are listed by groups of so many, the last of each first.</summary>
    private const int GroupSize = 64;

    /// <summary>Permissions that nothing can be done with.</summary>
    private static readonly HashSet<string> s_meaningless =
    [
        "sysDmarcInternalReportUpdate", "sysDmarcInternalReportCreate", "sysDmarcExternalReportUpdate", "sysDmarcExternalReportCreate",
        "sysTlsInternalReportUpdate", "sysTlsInternalReportCreate", "sysTlsExternalReportUpdate", "sysTlsExternalReportCreate",
        "sysArfExternalReportCreate", "sysArfExternalReportUpdate", "sysQueuedMessageCreate", "sysLogCreate", "sysLogDestroy", "sysLogUpdate",
        "sysClusterNodeCreate", "sysClusterNodeUpdate", "sysClusterNodeDestroy", "sysBootstrapGet", "sysBootstrapUpdate",
        "jmapPrincipalQuery", "jmapPrincipalQueryChanges", "jmapPrincipalGet", "jmapPrincipalGetAvailability", "jmapPrincipalChanges",
    ];

    /// <summary>What needs an account: how the names of the permissions for it begin.</summary>
    private static readonly string[] s_ofAccounts = ["sysAccountPassword", "sysAccountSettings", "sysApiKey", "sysAppPassword"];

    public SandboxResponse Get(SignedInCaller caller) => Responses.Object(200, json =>
    {
        json.WriteStrings("permissions"u8, permissions.Chunk(GroupSize).SelectMany(group => group.Reverse()).Where(permission => caller.Has(permission) && IsMeaningful(permission, caller)));
        json.WriteString("edition"u8, Name(edition));
        json.WriteString("locale"u8, caller.Account?.Locale ?? RecoveryAdministrator.Locale);
    });

    private static bool IsMeaningful(string permission, SignedInCaller caller) =>
        !s_meaningless.Contains(permission) && (caller.Account is not null || !Array.Exists(s_ofAccounts, start => permission.StartsWith(start, StringComparison.Ordinal)));

    private static string Name(SandboxEdition edition) => edition switch
    {
        SandboxEdition.Oss => "oss",
        SandboxEdition.Community => "community",
        _ => "enterprise",
    };
}
