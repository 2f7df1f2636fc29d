using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Says once of each column of piped rows that it is not read.</summary>
internal sealed class UnusedColumns
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private string[] _rowHeaders = [];

    /// <summary>The warning for a row; null where there is none, or it was given before.</summary>
    /// <param name="row">What is piped; null = nothing.</param>
    public string? FindWarning(PSObject? row)
    {
        string[] all = row is null ? [] : PrincipalRows.GetHeaders(row);
        if (all.SequenceEqual(_rowHeaders))
        {
            return null;
        }
        _rowHeaders = all;
        string? identity = PrincipalRowReader.FindIdentityHeader(all);
        string[] headers = [.. all.Where(header => header != identity && _known.Add(header) && PrincipalRowReader.IsValueHeader(header))];
        return headers.Length == 0 ? null
            : $"Columns that are not used: {string.Join(", ", headers.Select(header => $"'{header}'"))}. A row only says which principal is meant. To set what the columns of a file say: Import-MailPrincipal people.csv -Mode Update";
    }
}
