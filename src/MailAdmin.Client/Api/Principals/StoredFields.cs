namespace MailAdmin.Client.Api.Principals;

/// <summary>What a principal has in a field, by the server's name of the field.</summary>
internal static class StoredFields
{
    /// <summary>The items of a list, a text as the only item; nothing for a field without either, or that was not fetched.</summary>
    public static IReadOnlyList<string> GetItems(MailPrincipal principal, string field) => FindItems(principal, field) ?? [];

    /// <summary>Whether what the principal has in a field could not be read, or not whole.</summary>
    public static bool IsUnknown(MailPrincipal principal, string field) => principal.IsUnknown(TypeFields.GetName(field));

    private static IReadOnlyList<string>? FindItems(MailPrincipal principal, string field) => field switch
    {
        PrincipalField.Emails => principal.Email,
        PrincipalField.DisabledEmails => principal.DisabledEmail,
        PrincipalField.MemberOf => principal.MemberOf,
        PrincipalField.Lists => principal.List,
        PrincipalField.Roles => principal.Role,
        PrincipalField.Members => principal.Member,
        PrincipalField.ExternalMembers => principal.ExternalMember,
        PrincipalField.EnabledPermissions => principal.EnabledPermission,
        PrincipalField.DisabledPermissions => principal.DisabledPermission,
        PrincipalField.Urls => principal.Url,
        PrincipalField.AllowedIps => principal.AllowedIp,
        PrincipalField.Tenant => principal.Tenant is { } tenant ? [tenant] : null,
        _ => null,
    };
}
