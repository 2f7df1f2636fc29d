namespace MailAdmin.Sandbox.Principals;

/// <summary>The names of the types in JSON, and the permissions that they require.</summary>
internal static class PrincipalTypes
{
    /// <summary>The types whose permissions a list without <c>types</c> requires.</summary>
    public static IReadOnlyList<PrincipalType> CheckedByDefault { get; } =
    [
        PrincipalType.Individual, PrincipalType.Group, PrincipalType.List, PrincipalType.Domain, PrincipalType.Tenant, PrincipalType.Role,
        PrincipalType.Other, PrincipalType.ApiKey, PrincipalType.OAuthClient,
    ];

    /// <summary><c>superuser</c> is an old name of individual; <c>other</c> exists but cannot be asked for.</summary>
    public static PrincipalType? Parse(string? name) => name switch
    {
        "individual" or "superuser" => PrincipalType.Individual,
        "group" => PrincipalType.Group,
        "resource" => PrincipalType.Resource,
        "location" => PrincipalType.Location,
        "list" => PrincipalType.List,
        "domain" => PrincipalType.Domain,
        "tenant" => PrincipalType.Tenant,
        "role" => PrincipalType.Role,
        "apiKey" => PrincipalType.ApiKey,
        "oauthClient" => PrincipalType.OAuthClient,
        _ => null,
    };

    public static string GetName(this PrincipalType type) => type switch
    {
        PrincipalType.ApiKey => "apiKey",
        PrincipalType.OAuthClient => "oauthClient",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>The permission to list, get, create, update or delete principals of a type.</summary>
    public static string GetPermission(this PrincipalType type, string action) => type switch
    {
        PrincipalType.List => "mailing-list-" + action,
        PrincipalType.ApiKey => "api-key-" + action,
        PrincipalType.OAuthClient => "oauth-client-" + action,
        PrincipalType.Resource or PrincipalType.Location or PrincipalType.Other => "principal-" + action,
        _ => type.GetName() + "-" + action,
    };
}
