namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Names as the server has them. What it holds already was made by other means, and need not be a name that could be given today: <c>what?</c>, or <c>é</c> as a
/// letter and an accent. A cell is compared as it stands first, and only then in the form in which names are made.
/// </summary>
internal sealed class StoredNames
{
    private readonly DirectoryState _state;
    private readonly Dictionary<string, string> _composed = new(StringComparer.Ordinal);

    public StoredNames(DirectoryState state)
    {
        _state = state;
        foreach (string name in state.Principals.Select(principal => principal.Name).Where(name => !Contains(NameText.Normalize(name))))
        {
            _composed.TryAdd(NameText.Normalize(name), name);
        }
    }

    /// <summary>What the name of a row may be on the server, the most exact one first.</summary>
    public static string[] GetSpellings(ParsedRow row)
    {
        string? cell = row.Columns.Find(ImportField.Name) is [var column, ..] && column.Index < row.Cells.Count ? row.Cells[column.Index]?.ToLowerInvariant() : null;
        return string.IsNullOrEmpty(cell) || cell == row.Spec.Name ? [row.Spec.Name] : [cell, cell.Trim(), row.Spec.Name];
    }

    /// <summary>The row with the names of the server in place of those that mean them, and without an error of a name that is there.</summary>
    public ParsedRow Apply(ParsedRow row)
    {
        string? name = Array.Find(GetSpellings(row), Contains) ?? _composed.GetValueOrDefault(row.Spec.Name);
        PrincipalSpec spec = row.Spec;
        if ((name is null || (name == spec.Name && row.Errors.Count == 0)) && _composed.Count == 0)
        {
            return row;
        }

        string header = row.Columns.GetHeader(ImportField.Name);
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

    private bool Contains(string name) => _state.Find(name) is not null;

    private IReadOnlyList<string>? Respell(IReadOnlyList<string>? items) =>
        items is null ? null : [.. items.Select(item => _composed.GetValueOrDefault(item, item))];
}
