namespace MailAdmin.Sandbox.Access;

/// <summary>The roles that are not principals: their ids are greater than those of all principals, so that they come last in lists.</summary>
internal static class BuiltInRoles
{
    public const uint User = uint.MaxValue - 2;
    public const uint TenantAdmin = uint.MaxValue - 1;
    public const uint Admin = uint.MaxValue;

    public static uint? FindId(string name) => name switch
    {
        "admin" => Admin,
        "tenant-admin" => TenantAdmin,
        "user" => User,
        _ => null,
    };

    public static string? FindName(uint id) => id switch
    {
        Admin => "admin",
        TenantAdmin => "tenant-admin",
        User => "user",
        _ => null,
    };
}
