using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Nobody gives permissions that he does not have.</summary>
internal static class GrantRules
{
    private const int MaxNamed = 5;

    /// <exception cref="SetException">The caller lacks one of the permissions.</exception>
    public static void Check(ICallerRights caller, IReadOnlySet<string> granted)
    {
        string[] missing = [.. granted.Where(permission => !caller.Has(permission))];
        if (missing.Length > 0)
        {
            string rest = missing.Length > MaxNamed ? $" and {missing.Length - MaxNamed} more" : "";
            throw SetException.Forbidden($"You cannot give what you do not have: {string.Join(", ", missing.Take(MaxNamed))}{rest}");
        }
    }
}
