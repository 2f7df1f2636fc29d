namespace MailAdmin.Client;

/// <summary>The roles that every server has: no list shows them, and no request finds them.</summary>
public static class BuiltInRoles
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["admin", "tenant-admin", "user"];
}
