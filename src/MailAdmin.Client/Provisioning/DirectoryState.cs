namespace MailAdmin.Client.Provisioning;

/// <summary>What is known of the server before an import.</summary>
internal sealed record DirectoryState
{
    /// <summary>All principals; those that the table names with every field that it can change.</summary>
    public required IReadOnlyCollection<MailPrincipal> Principals { get; init; }

    /// <summary>The types that were listed; null = all. What was not listed is not checked: the server decides.</summary>
    public IReadOnlySet<PrincipalType>? ListedTypes { get; init; }

    /// <summary>All permissions; null = unknown, the server decides.</summary>
    public IReadOnlySet<string>? Permissions { get; init; }

    /// <summary>Roles that are not principals.</summary>
    public IReadOnlyList<string> BuiltInRoles { get; init; } = Client.BuiltInRoles.Names;

    /// <summary>Whether principals have a locale; null = unknown, the server decides.</summary>
    public bool? HasLocale { get; init; }

    public bool IsListed(PrincipalType type) => ListedTypes is null || ListedTypes.Contains(type);
}
