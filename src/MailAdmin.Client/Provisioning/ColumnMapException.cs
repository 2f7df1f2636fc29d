// The headers of a file do not say who its rows are, or say one thing twice.
namespace MailAdmin.Client;

/// <summary>The headers of a file cannot be mapped. Nothing of the file can be imported.</summary>
public sealed class ColumnMapException : FormatException
{
    /// <summary>Makes the exception with its stable id.</summary>
    public ColumnMapException(string errorId, string message)
        : base(message) => ErrorId = errorId;

    /// <summary>Stable: ColumnsUnknown, ColumnClaimedTwice, NameColumnMissing or ColumnMapInvalid.</summary>
    public string ErrorId { get; }
}
