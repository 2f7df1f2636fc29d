namespace MailAdmin.Client;

/// <summary>The rows of an import, whole in memory: everything is checked before anything is sent.</summary>
/// <param name="Headers">The headers of the columns.</param>
/// <param name="Rows">The rows, in the order of the file.</param>
public sealed record ImportTable(IReadOnlyList<string> Headers, IReadOnlyList<ImportRow> Rows);
