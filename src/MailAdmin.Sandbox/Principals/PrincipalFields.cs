namespace MailAdmin.Sandbox.Principals;

/// <summary>The names of the fields in JSON.</summary>
internal static class PrincipalFields
{
    public const PrincipalField All = (PrincipalField)((1 << 18) - 1);

    /// <summary>The three that share one table of memberships.</summary>
    public const PrincipalField Memberships = PrincipalField.MemberOf | PrincipalField.Lists | PrincipalField.Roles;

    /// <summary>The fields that affect sign-in and permissions.</summary>
    public const PrincipalField AffectingAccess = Memberships | PrincipalField.Name | PrincipalField.Quota | PrincipalField.Secrets | PrincipalField.Emails
        | PrincipalField.EnabledPermissions | PrincipalField.DisabledPermissions | PrincipalField.Tenant;

    public static PrincipalField Parse(string? name) => name switch
    {
        "type" => PrincipalField.Type,
        "name" => PrincipalField.Name,
        "description" => PrincipalField.Description,
        "picture" => PrincipalField.Picture,
        "quota" => PrincipalField.Quota,
        "usedQuota" => PrincipalField.UsedQuota,
        "secrets" => PrincipalField.Secrets,
        "emails" => PrincipalField.Emails,
        "memberOf" => PrincipalField.MemberOf,
        "members" => PrincipalField.Members,
        "roles" => PrincipalField.Roles,
        "lists" => PrincipalField.Lists,
        "tenant" => PrincipalField.Tenant,
        "enabledPermissions" => PrincipalField.EnabledPermissions,
        "disabledPermissions" => PrincipalField.DisabledPermissions,
        "urls" => PrincipalField.Urls,
        "externalMembers" => PrincipalField.ExternalMembers,
        "locale" => PrincipalField.Locale,
        _ => PrincipalField.None,
    };

    /// <summary>A comma list as the query carries it: unknown names are skipped, none left means all.</summary>
    public static PrincipalField ParseList(string? names)
    {
        PrincipalField fields = PrincipalField.None;
        foreach (string name in (names ?? "").Split(','))
        {
            fields |= Parse(name);
        }

        return fields == PrincipalField.None ? All : fields;
    }
}
