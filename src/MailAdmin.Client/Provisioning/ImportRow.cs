using System.Collections.Frozen;

namespace MailAdmin.Client;

/// <summary>One row of a file: its cells as text.</summary>
/// <param name="Number">The number of the row, from 1, without the header.</param>
/// <param name="Cells">The cells in the order of the headers. A password is among them in plain text.</param>
/// <param name="Error">What is wrong with the row's form, such as a wrong number of cells; null for a well-formed row.</param>
public sealed record ImportRow(int Number, IReadOnlyList<string?> Cells, string? Error)
{
    /// <summary>The positions of cells that were objects with members of their own and not values. Their text stands in <see cref="Cells"/>, and is no value.</summary>
    public IReadOnlySet<int> ObjectCells { get; init; } = FrozenSet<int>.Empty;

    /// <summary>The number alone: a cell may hold a password.</summary>
    public override string ToString() => $"Row {Number}";
}
