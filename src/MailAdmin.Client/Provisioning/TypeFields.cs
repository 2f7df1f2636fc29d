namespace MailAdmin.Client.Provisioning;

/// <summary>Which fields a type of principal can have (docs/api.md §6.1): the server accepts some that then do nothing.</summary>
internal static class TypeFields
{
    public static bool CanHave(PrincipalType type, ImportField field) => field switch
    {
        ImportField.MemberOf or ImportField.List => type.Word is "individual" or "group",
        ImportField.Role => type.Word is "individual" or "role" or "tenant" or "apiKey",
        ImportField.Quota => type.Word is "individual" or "group" or "tenant",
        ImportField.Member => type.Word is "group" or "list" or "role" or "resource" or "location",
        ImportField.ExternalMember => type.Word is "list" or "group",
        ImportField.Email => type.Word is not ("domain" or "role" or "tenant"),
        ImportField.Password => type.Word is "individual" or "apiKey",
        ImportField.Enabled => type.Word is "individual" or "apiKey" or "role" or "tenant",
        _ => true,
    };

    /// <summary>Whether a principal of type <paramref name="member"/> can be a member of one of type <paramref name="container"/>.</summary>
    public static bool CanBeMember(PrincipalType container, PrincipalType member) => container.Word switch
    {
        "group" or "list" => member.Word is "individual" or "group",
        "role" => member == PrincipalType.Role,
        "resource" => member == PrincipalType.Resource,
        "location" => member.Word is "location" or "resource" or "individual" or "group",
        _ => false,
    };

    /// <summary>What goes first: domains, roles, groups, lists, then individuals and what may name them.</summary>
    public static int GetRank(PrincipalType type) => type.Word switch
    {
        "tenant" => 0,
        "domain" => 1,
        "role" => 2,
        "group" => 3,
        "list" => 4,
        "resource" => 6,
        "location" => 7,
        _ => 5,
    };

    /// <summary>The field in which a member names a container of this type; null where only the container lists its members.</summary>
    public static string? GetMembershipField(PrincipalType container) => container.Word switch
    {
        "group" => PrincipalField.MemberOf,
        "list" => PrincipalField.Lists,
        "role" => PrincipalField.Roles,
        _ => null,
    };
}
