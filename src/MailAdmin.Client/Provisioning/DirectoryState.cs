// What is known of the server before an import: from one listing.
namespace MailAdmin.Client;

/// <summary>What is known of the server before an import.</summary>
public sealed record DirectoryState
{
    /// <summary>Every principal there is, with all the fields the file can change.</summary>
    public required IReadOnlyCollection<MailPrincipal> Principals { get; init; }

    /// <summary>The kinds that were listed; null = all. What was not listed is not checked: the server decides.</summary>
    public IReadOnlySet<PrincipalType>? ListedTypes { get; init; }

    /// <summary>The permissions there are; null = unknown, the server decides.</summary>
    public IReadOnlySet<string>? Permissions { get; init; }

    /// <summary>Roles that are no principals.</summary>
    public IReadOnlyList<string> BuiltInRoles { get; init; } = ["admin", "tenant-admin", "user"];

    internal bool IsListed(PrincipalType type) => ListedTypes is null || ListedTypes.Contains(type);
}
