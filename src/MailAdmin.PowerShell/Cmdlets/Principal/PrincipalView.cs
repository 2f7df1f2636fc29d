using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Says by a name of its type how a principal is shown. Accounts, of which there are many, need none: PowerShell keeps such a name beside each object, which costs more than reading it.</summary>
internal static class PrincipalView
{
    private static readonly string s_name = typeof(MailPrincipal).FullName!;
    private static readonly string[] s_fields = PrincipalProperty.ToFields([.. PrincipalProperty.Names]);
    private static readonly PrincipalType[] s_typesWithView = [PrincipalType.Domain, PrincipalType.Role, PrincipalType.Group, PrincipalType.List];

    /// <summary>
    /// The principal with the view of its type, where all that is written with it is of this type: what is mixed has the view of all, since a table takes one. Of a
    /// principal of which only some properties were fetched, these alone are shown: an empty column would say that it has none.
    /// </summary>
    /// <param name="principal">The principal.</param>
    /// <param name="type">The type of all that is written; null where it may be mixed.</param>
    public static PSObject Create(MailPrincipal principal, PrincipalType? type)
    {
        var output = new PSObject(principal);
        if (GetSuffix(principal, type) is { } suffix)
        {
            output.TypeNames.Insert(0, s_name + suffix);
        }
        return output;
    }

    private static string? GetSuffix(MailPrincipal principal, PrincipalType? type)
    {
        int fetched = 0;
        foreach (string field in s_fields)
        {
            if (PrincipalField.WasFetched(principal, field))
            {
                fetched++;
            }
        }
        if (fetched == s_fields.Length)
        {
            return type is { } only && s_typesWithView.Contains(only) ? $"#{type}" : null;
        }
        return fetched == 1 ? "#Name" : "#Partial";
    }
}
