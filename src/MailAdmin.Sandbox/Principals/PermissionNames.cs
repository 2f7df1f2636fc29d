using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Permissions as bodies name them.</summary>
internal static class PermissionNames
{
    /// <summary>The number of a permission that the caller may give away; a caller gives only what it has.</summary>
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
