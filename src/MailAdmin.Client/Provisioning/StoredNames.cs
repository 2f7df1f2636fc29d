namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Names as the server has them. What it holds already was made by other means, and need not be a name that could be given today: <c>what?</c>, or <c>é</c> as a
/// letter and an accent. A cell is compared as it stands first, and only then in the form in which names are made.
/// </summary>
internal sealed class StoredNames
{
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, string> _composed = new(StringComparer.Ordinal);

    public StoredNames(DirectoryState state)
    {
        _names = [.. state.Principals.Select(principal => principal.Name)];
        foreach (string name in _names.Where(name => !_names.Contains(NameText.Normalize(name))))
        {
            _composed.TryAdd(NameText.Normalize(name), name);
        }
    }

    /// <summary>What the name of a row may be on the server, the most exact one first.</summary>
    public static IEnumerable<string> GetSpellings(ParsedRow row)
    {
        MappedColumn? column = row.Columns.Columns.FirstOrDefault(column => column.Field == ImportField.Name);
        string? cell = column is null || column.Index >= row.Cells.Count ? null : row.Cells[column.Index]?.ToLowerInvariant();
        return string.IsNullOrEmpty(cell) ? [row.Spec.Name] : [cell, cell.Trim(), row.Spec.Name];
    }

    /// <summary>The row with the names of the server in place of those that mean them, and without an error of a name that is there.</summary>
    public ParsedRow Apply(ParsedRow row)
    {
        string? name = GetSpellings(row).FirstOrDefault(_names.Contains) ?? _composed.GetValueOrDefault(row.Spec.Name);
        string header = row.Columns.GetHeader(ImportField.Name);
        PrincipalSpec spec = row.Spec;
        return row with
        {
            Spec = spec with
            {
                Name = name ?? spec.Name,
                MemberOf = Respell(spec.MemberOf),
                List = Respell(spec.List),
                Role = Respell(spec.Role),
                Member = Respell(spec.Member),
            },
            Errors = name is null || row.IsNameDerived ? row.Errors : [.. row.Errors.Where(error => error.Column != header)],
        };
    }

    private IReadOnlyList<string>? Respell(IReadOnlyList<string>? items) =>
        items is null || _composed.Count == 0 ? items : [.. items.Select(item => _composed.GetValueOrDefault(item, item))];
}
