using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Says by a name of its type how a principal is shown. Accounts with a login, of which there may be many, need none: PowerShell keeps such a name beside each object, which costs more than reading it over REST.</summary>
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

    /// <summary>The principal that a command has changed, in the view of all; keys, which have little that is in it, in theirs.</summary>
    public static PSObject Create(MailPrincipal changed) => Create(changed, changed.Type == PrincipalType.ApiKey ? PrincipalType.ApiKey : null);

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
            // A column for the address alone would say the name again.
            string? byAddress = principal.Name == principal.PrimaryEmail ? "ByAddress" : null;
            return type switch
            {
                { } only when s_typesWithView.Contains(only) => $"#{only}{byAddress}",
                { } key when key == PrincipalType.ApiKey && principal.AllowedIp is not null => $"#{key}",
                _ => byAddress is null ? null : $"#{byAddress}",
            };
        }
        return fetched == 1 ? "#Name" : "#Partial";
    }
}
