using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Api;

/// <summary>The caller, and what the account may do at this moment.</summary>
internal sealed record Caller(uint Id, string Name, string? Address, uint? Tenant, PermissionSet Permissions)
{
    /// <summary>The id of the fallback administrator, who is not a principal.</summary>
    public const uint FallbackAdministratorId = uint.MaxValue;

    public bool IsFallbackAdministrator => Id == FallbackAdministratorId;

    /// <summary>A missing permission is a 403 that does not name it.</summary>
    public void Require(string permission)
    {
        if (!Permissions.Contains(permission))
        {
            throw ApiException.Forbidden();
        }
    }
}
