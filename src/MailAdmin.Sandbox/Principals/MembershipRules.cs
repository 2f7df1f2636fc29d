namespace MailAdmin.Sandbox.Principals;

/// <summary>Which principals may be members of which; checked by PATCH only, POST allows more.</summary>
internal static class MembershipRules
{
    /// <summary>Whether a principal may join a container of a type through one of its three membership fields.</summary>
    public static bool CanJoin(PrincipalType principal, PrincipalField field, PrincipalType container) => (field, principal) switch
    {
        (PrincipalField.MemberOf, PrincipalType.Individual) => container is PrincipalType.Group or PrincipalType.Individual,
        (PrincipalField.MemberOf, PrincipalType.Group) => container is PrincipalType.Group,
        (PrincipalField.Lists, PrincipalType.Individual or PrincipalType.Group) => container is PrincipalType.List,
        (PrincipalField.Roles, PrincipalType.Individual or PrincipalType.Tenant or PrincipalType.Role) => container is PrincipalType.Role,
        _ => false,
    };

    /// <summary>Whether a container may hold a member of a type.</summary>
    public static bool CanHold(PrincipalType container, PrincipalType member) => container switch
    {
        PrincipalType.Group or PrincipalType.List => member is PrincipalType.Individual or PrincipalType.Group,
        PrincipalType.Resource => member is PrincipalType.Resource,
        PrincipalType.Location =>
            member is PrincipalType.Location or PrincipalType.Resource or PrincipalType.Individual or PrincipalType.Group or PrincipalType.Other,
        PrincipalType.Role => member is PrincipalType.Role,
        _ => false,
    };
}
