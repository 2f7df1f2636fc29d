namespace MailAdmin.Client;

/// <summary>What POST /oauth reports about the server and the caller.</summary>
/// <param name="Version">The server's version.</param>
/// <param name="IsEnterprise">Whether Enterprise features are available.</param>
/// <param name="Permissions">The caller's effective permissions.</param>
public sealed record ServerInfo(Version Version, bool IsEnterprise, IReadOnlySet<string> Permissions)
{
    /// <summary>Whether the caller has <paramref name="permission"/>.</summary>
    public bool HasPermission(string permission) => Permissions.Contains(permission);
}
