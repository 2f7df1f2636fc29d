namespace MailAdmin.Client;

/// <summary>The headers of a table cannot be mapped to fields. Nothing of the table can be imported.</summary>
public sealed class ColumnMapException : FormatException
{
    internal ColumnMapException(string errorId, string message)
        : base(message) => ErrorId = errorId;

    /// <summary>Stable: NoKnownColumns, DuplicateColumnMapping, NameColumnMissing, AmbiguousColumn, ColumnMisspelt, ColumnNotUsed, HeaderMissing, ForwardingsNotSupported or InvalidColumnMap.</summary>
    public string ErrorId { get; }
}
