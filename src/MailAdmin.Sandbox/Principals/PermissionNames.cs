using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Permission names in request bodies.</summary>
internal static class PermissionNames
{
    /// <summary>The number of a permission that the caller may grant; a caller can grant only its own permissions.</summary>
    public static int ParseGrantable(string name, PermissionCatalogue catalogue, PermissionSet grantable)
    {
        if (!catalogue.TryGetNumber(name, out int number))
        {
            throw ApiException.Other("Invalid permission value", $"Permission \"{name}\" is invalid");
        }

        if (!grantable.Contains(number))
        {
            throw ApiException.Other("Invalid permission", $"You cannot grant \"{name}\"");
        }

        return number;
    }
}
