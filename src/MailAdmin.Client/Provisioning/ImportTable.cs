using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>The rows of an import, whole in memory: everything is checked before anything is sent.</summary>
/// <param name="Headers">The headers of the columns.</param>
/// <param name="Rows">The rows, in the order of the file.</param>
public sealed record ImportTable(IReadOnlyList<string> Headers, IReadOnlyList<ImportRow> Rows)
{
    /// <summary>Whether blanks at the ends of a description belong to it, as in JSON and in an export of this module; elsewhere they are slips.</summary>
    public bool KeepsBlanks { get; init; }

    /// <summary>Refuses a first row that holds values instead of headers, before anything of it is shown.</summary>
    /// <param name="headers">The cells of the first row.</param>
    /// <exception cref="ColumnMapException">They are values.</exception>
    public static void CheckHeaders(IReadOnlyList<string> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        HeaderCheck.ThrowIfValues(headers);
    }

    /// <summary>The number of rows: a cell may hold a password.</summary>
    public override string ToString() => $"{Rows.Count} rows";
}
