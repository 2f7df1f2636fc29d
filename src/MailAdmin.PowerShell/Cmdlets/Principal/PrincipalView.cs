using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Says by a name of its type how a principal is shown.</summary>
internal static class PrincipalView
{
    private static readonly string s_anyView = typeof(MailPrincipal).FullName + "#AnyView";
    private static readonly string[] s_fields = PrincipalProperty.ToFields([.. PrincipalProperty.Names]);

    /// <summary>
    /// The principal with the view of its type, where all that is written with it is of this type: what is mixed has the view of all, since a table takes one. Of a
    /// principal of which only some properties were fetched, these alone are shown: an empty column would say that it has none.
    /// </summary>
    /// <param name="principal">The principal.</param>
    /// <param name="type">The type of all that is written; null where it may be mixed.</param>
    public static PSObject Create(MailPrincipal principal, PrincipalType? type)
    {
        var output = new PSObject(principal);
        // Behind its own names: once a table of another command of the same script has begun, it is shown in that one.
        output.TypeNames.Add(s_anyView);
        if (GetSuffix(principal, type) is { } suffix)
        {
            output.TypeNames.Insert(0, typeof(MailPrincipal).FullName + suffix);
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
            return type is null ? null : $"#{type}";
        }
        return fetched == 1 ? "#Name" : "#Partial";
    }
}
