namespace MailAdmin.Isolated.Csv;

/// <summary>Reads delimited text (CSV, semicolons, tabs) as people and their tools write it.</summary>
public static class DelimitedText
{
    /// <summary>
    /// Reads the header; the rows are read as they are asked for. The stream stays open and must outlive the table.
    /// </summary>
    /// <param name="stream">The file. A stream that cannot seek is held in memory.</param>
    /// <param name="options">What is known about the file; null = nothing.</param>
    /// <exception cref="DelimitedTextException">The file has no usable header or is not text.</exception>
    public static DelimitedTable Open(Stream stream, DelimitedTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return DelimitedTable.Open(stream, options ?? new DelimitedTextOptions());
    }

    /// <summary>Reads the rows after the header, one at a time.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="options">What is known about the file; null = nothing.</param>
    /// <exception cref="DelimitedTextException">The file is invalid; also thrown while enumerating.</exception>
    public static IEnumerable<DelimitedRow> Read(Stream stream, DelimitedTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Enumerate();

        IEnumerable<DelimitedRow> Enumerate()
        {
            using DelimitedTable table = Open(stream, options);
            foreach (DelimitedRow row in table.Rows)
            {
                yield return row;
            }
        }
    }
}
