using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>One table to import, and what is known of where it came from.</summary>
/// <param name="Name">The file as it was specified, or the words for rows of the pipeline.</param>
/// <param name="Table">The rows.</param>
internal sealed record ImportSource(string Name, ImportTable Table)
{
    private Dictionary<int, ImportRow>? _rows;

    /// <summary>The file; null for rows of the pipeline.</summary>
    public string? Path { get; init; }

    /// <summary>The character between cells in the file.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The encoding that the file was read in.</summary>
    public string? EncodingName { get; init; }

    /// <summary>The names of encodings that the file may be in as well, where nothing in it says that it is this one; null where that is certain.</summary>
    public string? OtherEncodings { get; init; }

    /// <summary>The columns whose values were secure strings: they are written nowhere.</summary>
    public IReadOnlySet<string> SecureColumns { get; init; } = new HashSet<string>();

    /// <summary>The row of this number.</summary>
    public ImportRow FindRow(int number) => (_rows ??= Table.Rows.ToDictionary(row => row.Number))[number];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
