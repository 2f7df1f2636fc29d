namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Which kinds a listing asks for. Without <c>types</c> the server demands the list permission of every kind, so a caller who lacks one
/// asks by name for those that are permitted.
/// </summary>
internal static class PrincipalTypeParameter
{
    /// <summary>The value of <c>types</c>; null = all.</summary>
    public static string? Format(IReadOnlyList<PrincipalType> asked, ServerInfo? server)
    {
        if (asked.Count > 0)
        {
            return Join(asked.Select(EnsureKnown));
        }
        if (server is null || PrincipalType.Known.All(type => CanList(type, server)))
        {
            return null;
        }
        List<PrincipalType> permitted = [.. PrincipalType.Known.Where(type => CanList(type, server) && (server.IsEnterprise || type != PrincipalType.Tenant))];
        return permitted.Count > 0
            ? Join(permitted)
            : throw new MailServerException(MailErrorCode.Forbidden, Operations.ListPrincipals, "The account may list no kind of principal: it lacks individual-list, group-list and all the others.");
    }

    /// <summary>Whether the account may list principals of a type.</summary>
    public static bool CanList(PrincipalType type, ServerInfo server) => server.HasPermission(type.PermissionPrefix + "-list");

    // The server skips a kind it does not know, and lists everything if none is left.
    private static PrincipalType EnsureKnown(PrincipalType type) => PrincipalType.Known.Contains(type)
        ? type
        : throw MailServerException.CreateRefusal(Operations.ListPrincipals, PrincipalField.Type, $"Principals of type '{type.Word}' cannot be listed.");

    private static string Join(IEnumerable<PrincipalType> types) => string.Join(',', types.Distinct().Select(type => type.Word));
}
