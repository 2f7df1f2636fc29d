using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Warnings about effects of granted and removed permissions that an administrator must know before they matter.</summary>
internal static class PermissionWarnings
{
    /// <summary>An account that may list or get individuals can also read their stored secrets; the server has no separate permission for secrets.</summary>
    public static void WarnOnGrant(MailCmdlet cmdlet, string? name, IEnumerable<string>? granted)
    {
        if (granted?.Any(p => p is "individual-list" or "individual-get") == true)
        {
            cmdlet.WriteWarning($"'{name}' gets individual-list or individual-get: this permission exposes the stored passwords, TOTP secrets and app passwords of every account.");
        }
    }

    /// <summary>From 0.13 a role's changed permissions do not reach members who have signed in before, until each of them is changed.</summary>
    public static void WarnOnRoleChange(MailCmdlet cmdlet, ServerDialect dialect, MailPrincipal? principal)
    {
        if (principal is not null && principal.Type == PrincipalType.Role && principal.MemberCount > 0 && dialect.CachesRolePermissions != false)
        {
            cmdlet.WriteWarning($"The role '{principal.Name}' has {principal.MemberCount} members. From server 0.13 an added or removed permission does not reach members who have signed in before, until each of them is changed or the server restarts.");
        }
    }
}
