namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Puts together the rows of tables that have one membership in each row: the same group again with the next member, or the same account with the next
/// group. Rows of one name that differ in anything else stay apart, and are reported as duplicates.
/// </summary>
internal static class MemberRowGathering
{
    private static readonly ImportField[] s_fields = [ImportField.Member, ImportField.ExternalMember, ImportField.MemberOf, ImportField.List, ImportField.Role];

    /// <summary>The rows in their order; the first of those that belong together asks for what all of them ask for, and the others are skipped.</summary>
    public static IReadOnlyList<ParsedRow> Gather(IReadOnlyList<ParsedRow> rows)
    {
        var gathered = new Dictionary<ParsedRow, ParsedRow>(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<string, ParsedRow> group in rows.Where(row => row.Spec.Name.Length > 0 && row.SkipReason is null).GroupBy(row => row.Spec.Name))
        {
            ParsedRow[] parts = [.. group];
            if (parts.Length < 2 || !Array.Exists(s_fields, field => AreMemberships(parts, field)))
            {
                continue;
            }

            gathered[parts[0]] = Merge(parts);
            foreach (ParsedRow part in parts.Skip(1))
            {
                gathered[part] = part with { Errors = [], GatheredInto = parts[0].Number, SkipReason = $"Gathered into row {parts[0].Number}, whose result is that of this row, too." };
            }
        }

        return gathered.Count == 0 ? rows : [.. rows.Select(row => gathered.GetValueOrDefault(row, row))];
    }

    /// <summary>Whether a field is a membership of which each row may have one.</summary>
    public static bool IsMembership(ImportField field) => Array.IndexOf(s_fields, field) >= 0;

    /// <summary>Whether a row asks for a membership.</summary>
    public static bool AsksFor(ParsedRow row, string item) => Array.Exists(s_fields, field => GetItems(row.Spec, field)?.Contains(item) == true);

    /// <summary>Elsewhere than in a table of members, several items in one cell are another version of the row rather than more of it.</summary>
    private static bool AreMemberships(ParsedRow[] parts, ImportField field) =>
        Array.Exists(parts, part => GetItems(part.Spec, field) is [_, ..])
        && Array.TrueForAll(parts, part => part.Columns.HasMemberRows || GetItems(part.Spec, field) is null or [] or [_])
        && Array.TrueForAll(parts[1..], part => IsSameButFor(field, parts[0], part));

    /// <summary>Every other cell is the same, or empty in the later row. Names are the same in any case; what a member is, is the row's own.</summary>
    private static bool IsSameButFor(ImportField field, ParsedRow first, ParsedRow later) =>
        first.Cells.Count == later.Cells.Count && first.Columns.Columns.All(column =>
            column.Field == field || column.Field is ImportField.Name or ImportField.MembershipType or ImportField.MembershipStatus
            || string.IsNullOrWhiteSpace(later.Cells[column.Index])
            || string.Equals(first.Cells[column.Index]?.Trim(), later.Cells[column.Index]!.Trim(), HasCase(column.Field) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));

    private static bool HasCase(ImportField field) => field is not (ImportField.Type or ImportField.Email or ImportField.PrimaryEmail or ImportField.Tenant) && !IsMembership(field);

    private static ParsedRow Merge(ParsedRow[] parts)
    {
        PrincipalSpec first = parts[0].Spec;
        return parts[0] with
        {
            Spec = first with
            {
                Member = Union(parts, ImportField.Member),
                ExternalMember = Union(parts, ImportField.ExternalMember),
                MemberOf = Union(parts, ImportField.MemberOf),
                List = Union(parts, ImportField.List),
                Role = Union(parts, ImportField.Role),
            },
            Errors = [.. parts.SelectMany(part => part.Errors).DistinctBy(error => (error.Column, error.Value, error.Message))],
            // A gathered list is in no single cell.
            Cells = [],
            Quoting = null,
            Parts = parts,
        };
    }

    private static List<string>? Union(ParsedRow[] parts, ImportField field)
    {
        List<string> items = [.. parts.SelectMany(part => GetItems(part.Spec, field) ?? []).Distinct()];
        return items.Count == 0 ? null : items;
    }

    private static IReadOnlyList<string>? GetItems(PrincipalSpec spec, ImportField field) => field switch
    {
        ImportField.Member => spec.Member,
        ImportField.ExternalMember => spec.ExternalMember,
        ImportField.MemberOf => spec.MemberOf,
        ImportField.List => spec.List,
        _ => spec.Role,
    };
}
