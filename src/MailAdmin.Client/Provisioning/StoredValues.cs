using System.Diagnostics.CodeAnalysis;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// A cell that says what the server has already, is taken as it is: nothing of it is to be set, so that it need not be something that can be set. An export
/// of accounts that were made by other means can be imported without a change.
/// </summary>
internal static class StoredValues
{
    /// <summary>The row with the stored values in place of the cells that equal them, and without the errors of those cells.</summary>
    public static ParsedRow Apply(ParsedRow row, MailPrincipal existing)
    {
        PrincipalSpec spec = row.Spec;
        List<string> kept = [];
        foreach (MappedColumn column in row.Columns.Columns)
        {
            // Addresses may be in several columns, of which one alone is not the list.
            MappedColumn[] columns = FindGiven(row, column.Field);
            if (columns is [var first, ..] && first == column && Keep(spec, column.Field, FormatCell(row, columns), existing) is { } changed)
            {
                spec = changed;
                kept.AddRange(columns.Select(given => given.Header));
            }
        }

        spec = spec with
        {
            PrimaryEmail = spec.PrimaryEmail == existing.PrimaryEmail ? null : spec.PrimaryEmail,
            IsQuotaDoubtful = spec.IsQuotaDoubtful && spec.Quota != existing.Quota,
        };
        return row with { Spec = spec, Errors = row.Errors.Count == 0 ? [] : [.. row.Errors.Where(error => error.Column is null || !kept.Contains(error.Column))] };
    }

    private static MappedColumn[] FindGiven(ParsedRow row, ImportField field)
    {
        MappedColumn[] columns = row.Columns.Find(field);
        return columns.Length == 1 && HasCell(row, columns[0]) ? columns : Array.FindAll(columns, column => HasCell(row, column));
    }

    private static string FormatCell(ParsedRow row, MappedColumn[] columns) => columns.Length == 1 ? row.Cells[columns[0].Index]! : string.Join(';', columns.Select(column => row.Cells[column.Index]));

    private static bool HasCell(ParsedRow row, MappedColumn column) => column.Index < row.Cells.Count && !string.IsNullOrEmpty(row.Cells[column.Index]);

    private static PrincipalSpec? Keep(PrincipalSpec spec, ImportField field, string cell, MailPrincipal existing) => field switch
    {
        ImportField.Description when IsSame(cell, existing.Description) => spec with { Description = existing.Description },
        ImportField.Tenant when IsSame(cell, existing.Tenant) => spec with { Tenant = existing.Tenant },
        ImportField.Picture when IsSame(cell, existing.Picture) => spec with { Picture = existing.Picture },
        ImportField.Locale when IsSame(cell, existing.Locale) => spec with { Locale = existing.Locale },
        ImportField.Email when IsSame(cell, existing.Email) => spec with { Email = KeepAddresses(spec, cell, existing.Email) },
        ImportField.PrimaryEmail when IsSame(cell, existing.PrimaryEmail) => spec with { PrimaryEmail = null, Email = KeepAddresses(spec, cell, [existing.PrimaryEmail!]) },
        ImportField.MemberOf when IsSame(cell, existing.MemberOf) => spec with { MemberOf = existing.MemberOf },
        ImportField.List when IsSame(cell, existing.List) => spec with { List = existing.List },
        ImportField.Role when IsSame(cell, existing.Role) => spec with { Role = existing.Role },
        ImportField.Member when IsSame(cell, existing.Member) => spec with { Member = existing.Member },
        ImportField.ExternalMember when IsSame(cell, existing.ExternalMember) => spec with { ExternalMember = existing.ExternalMember },
        ImportField.EnabledPermission when IsSame(cell, existing.EnabledPermission) => spec with { EnabledPermission = existing.EnabledPermission },
        ImportField.DisabledPermission when IsSame(cell, existing.DisabledPermission) => spec with { DisabledPermission = existing.DisabledPermission },
        ImportField.Url when IsSame(cell, existing.Url) => spec with { Url = existing.Url },
        _ => null,
    };

    /// <summary>The stored addresses in place of those of the cell, and beside them what the other columns of addresses ask for.</summary>
    private static string[] KeepAddresses(PrincipalSpec spec, string cell, IEnumerable<string> stored)
    {
        EmailCell.Read(cell, out EmailCellContent content);
        return [.. stored.Union((spec.Email ?? []).Except(content.Addresses))];
    }

    private static bool IsSame(string cell, [NotNullWhen(true)] StringList? stored) => stored is [_, ..] && IsSame(cell, stored.ToString());

    private static bool IsSame(string cell, string? stored) =>
        stored is { Length: > 0 } && (cell == stored || cell.AsSpan().Trim().SequenceEqual(stored.AsSpan().Trim()));
}
