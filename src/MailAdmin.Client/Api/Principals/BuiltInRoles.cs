namespace MailAdmin.Client;

/// <summary>The roles that every server has: no list shows them, and no request finds them.</summary>
public static class BuiltInRoles
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["admin", "tenant-admin", "user"];

    // From 0.16 on they are roles as others, and "admin" and "user" are words for them.
    private static readonly (string Word, string Name)[] s_names = [("admin", "System Administrator"), ("tenant-admin", "Tenant Administrator")];

    /// <summary>Under which other name a role is among some; null if it is not.</summary>
    internal static string? FindOtherName(string role, IReadOnlyCollection<string> names) => s_names
        .Where(pair => Is(pair.Word, role) || Is(pair.Name, role))
        .SelectMany(pair => names.Where(name => Is(name, pair.Word) || Is(name, pair.Name)))
        .FirstOrDefault();

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
