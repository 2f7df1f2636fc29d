namespace MailAdmin.Client;

/// <summary>A column that is not read. Users are told: the header may be misspelt.</summary>
/// <param name="Header">Its header as it is in the table.</param>
/// <param name="Suggestion">The accepted header it resembles, if it may be misspelt.</param>
/// <param name="IsReadOnly">Whether it is one that a listing of this module has and nobody can change.</param>
public sealed record UnusedColumn(string Header, string? Suggestion, bool IsReadOnly)
{
    /// <summary>The header, and what may be meant.</summary>
    public override string ToString() => Suggestion is null ? $"'{Header}'" : $"'{Header}' (did you mean '{Suggestion}'?)";

    /// <summary>Says which columns the user must be told of: those that nobody can change are left out.</summary>
    /// <param name="columns">The columns that are not read.</param>
    /// <returns>Their headers and what may be meant, or null if there is nothing to tell.</returns>
    public static string? Describe(IEnumerable<UnusedColumn> columns)
    {
        UnusedColumn[] told = [.. columns.Where(column => !column.IsReadOnly)];
        return told is [] ? null : string.Join<UnusedColumn>(", ", told);
    }
}
