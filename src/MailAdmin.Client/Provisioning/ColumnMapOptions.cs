// What the person says about a file's columns.
namespace MailAdmin.Client;

/// <summary>What the person says about a file's columns.</summary>
public sealed record ColumnMapOptions
{
    /// <summary>Header of the file → our field name; an empty field name = do not read the column.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where the login comes from. Beats the login column of a foreign system, but not a column named Name.</summary>
    public NameFrom NameFrom { get; init; }
}
