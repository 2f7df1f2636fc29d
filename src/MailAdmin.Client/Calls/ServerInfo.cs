using System.Collections.Frozen;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client;

/// <summary>What the server reports about itself and the caller: POST /oauth, from 0.16 on GET /account.</summary>
/// <param name="Version">The server's version; from 0.16 on, the oldest that it can be.</param>
/// <param name="IsEnterprise">Whether Enterprise features are available.</param>
/// <param name="Permissions">The caller's effective permissions.</param>
public sealed record ServerInfo(Version Version, bool IsEnterprise, IReadOnlySet<string> Permissions)
{
    /// <summary>How the server is administered.</summary>
    public ServerFamily Family { get; init; }

    /// <summary>The versions that it can be, as text: a server from 0.16 on tells its version by its schema alone, which several may share.</summary>
    public string VersionRange { get => field ?? Version.ToString(); init; }

    /// <summary>Whether it was built without the code of Enterprise; before 0.16 that is not told, and false.</summary>
    public bool IsOpenSource { get; init; }

    /// <summary><c>Enterprise</c>, <c>Community</c> or <c>OpenSource</c>.</summary>
    public string Edition => IsEnterprise ? "Enterprise" : IsOpenSource ? "OpenSource" : "Community";

    /// <summary>The permissions that the caller has, and those that the server would not list if he had them.</summary>
    internal IReadOnlySet<string> PossiblePermissions => Family == ServerFamily.Jmap ? Permissions.Concat(UnlistedPermissions.All).ToFrozenSet(StringComparer.Ordinal) : Permissions;

    /// <summary>Whether the caller has <paramref name="permission"/>.</summary>
    public bool HasPermission(string permission) => Permissions.Contains(permission);
}
