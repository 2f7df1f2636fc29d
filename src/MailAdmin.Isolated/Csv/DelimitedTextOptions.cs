using System.Text;

namespace MailAdmin.Isolated.Csv;

/// <summary>How to read delimited text. Everything not given is detected from the file.</summary>
public sealed record DelimitedTextOptions
{
    /// <summary>Separates the cells; null = the one among comma, semicolon and tab that the header line has most of.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The encoding of the file; null = by its byte order mark, else UTF-8 if all of it is, else Windows-1252 if nothing of it is UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Looks at the headers before the rows are read, and throws if they cannot be headers; null = any are taken.</summary>
    public Action<IReadOnlyList<string>>? CheckHeaders { get; init; }

    /// <summary>The longest cell that is read, in characters.</summary>
    public int MaxCellLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest row that is read, in characters: the most that is held in memory at once.</summary>
    public int MaxRowLength { get; init; } = 32 * 1024 * 1024;
}
