namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>What -Clear of Set-MailPrincipal can empty.</summary>
public enum ClearablePrincipalField
{
    /// <summary>The description.</summary>
    Description,
    /// <summary>The quota: no limit.</summary>
    Quota,
    /// <summary>All addresses.</summary>
    Email,
    /// <summary>All groups.</summary>
    MemberOf,
    /// <summary>All mailing lists.</summary>
    List,
    /// <summary>All roles: the account can no longer sign in.</summary>
    Role,
    /// <summary>All members.</summary>
    Member,
    /// <summary>All addresses outside this server.</summary>
    ExternalMember,
    /// <summary>All granted permissions.</summary>
    EnabledPermission,
    /// <summary>All denied permissions.</summary>
    DisabledPermission,
    /// <summary>All URLs.</summary>
    Url,
    /// <summary>The tenant.</summary>
    Tenant,
    /// <summary>The picture.</summary>
    Picture,
    /// <summary>The language.</summary>
    Locale,
    /// <summary>The end of an API key: it does not end.</summary>
    Expires,
    /// <summary>The addresses that an API key may be used from: it may be used from any.</summary>
    AllowedIp,
}
