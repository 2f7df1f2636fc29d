namespace MailAdmin.Client.Provisioning;

/// <summary>One row, read: what it asks for, and where in the table that is.</summary>
/// <param name="number">The number of the row, from 1, without the header.</param>
/// <param name="spec">What it asks for; an invalid cell counts as not given.</param>
/// <param name="columns">The columns of the table.</param>
/// <param name="errors">What is wrong with it; such a row is never sent.</param>
internal sealed class ParsedRow(int number, PrincipalSpec spec, ColumnMap columns, IReadOnlyList<RowError> errors)
{
    public int Number { get; } = number;

    public PrincipalSpec Spec { get; } = spec;

    public ColumnMap Columns { get; } = columns;

    public IReadOnlyList<RowError> Errors { get; } = errors;

    /// <summary>Whether the name was made from the address.</summary>
    public bool IsNameDerived { get; init; }
}
