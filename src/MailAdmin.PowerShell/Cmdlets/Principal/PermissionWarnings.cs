using MailAdmin.Client;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Warnings about effects of granted and removed permissions that an administrator must know before they matter.</summary>
internal static class PermissionWarnings
{
    // From server 0.16 on.
    private const string SetsPasswords = "sysAccountUpdate";

    /// <summary>
    /// An account that may list or get individuals can also read their stored secrets; the server has no separate permission for secrets. From 0.16 on one that may change accounts
    /// can set the password of any of them: the server compares the rights of the two for roles and permissions, and not for passwords.
    /// </summary>
    public static void WarnOnGrant(MailCmdlet cmdlet, string? name, IEnumerable<string>? granted)
    {
        if (granted?.Any(p => p is "individual-list" or "individual-get") == true)
        {
            cmdlet.WriteWarning($"'{name}' gets individual-list or individual-get: this permission exposes the stored passwords, TOTP secrets and app passwords of every account.");
        }
        if (granted?.Contains(SetsPasswords) == true)
        {
            cmdlet.WriteWarning($"'{name}' gets {SetsPasswords}: this permission is enough to set the password of every account, also that of an administrator, and so to become one.");
        }
    }

    /// <summary>Up to 0.15 an API key has the permissions that it is given and those of its roles, and no others.</summary>
    public static void WarnOnKey(MailCmdlet cmdlet, string name, IReadOnlyCollection<string> roles, IEnumerable<string> enabled, IEnumerable<string> disabled)
    {
        if (roles.Count == 0 && !enabled.Concat(disabled).Contains(MailPrincipal.AuthenticatePermission))
        {
            cmdlet.WriteWarning($"'{name}' cannot sign in: it has no role, and '{MailPrincipal.AuthenticatePermission}' is not among its permissions. Set-MailPrincipal '{name}' -AddEnabledPermission {MailPrincipal.AuthenticatePermission} gives it that one.");
        }
    }

    /// <summary>What the account of the connection loses, the connection loses.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="userName">Who is signed in.</param>
    /// <param name="name">Who is changed.</param>
    /// <param name="loss">What happens to the account, such as <c>is deleted</c>.</param>
    public static void WarnOnOwn(MailCmdlet cmdlet, string? userName, string name, string loss)
    {
        if (string.Equals(userName, name, StringComparison.OrdinalIgnoreCase))
        {
            cmdlet.WriteWarning($"'{name}' is the account of this connection: once it {loss}, the connection can do no more than the account may then.");
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
