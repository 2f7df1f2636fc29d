namespace MailAdmin.Isolated.Csv;

/// <summary>A file of delimited text cannot be read. The message says where and what; it never contains a cell's content.</summary>
public sealed class DelimitedTextException : FormatException
{
    /// <summary>Creates an exception without a location.</summary>
    public DelimitedTextException()
        : this(DelimitedTextError.Binary, "The file cannot be read as delimited text.")
    {
    }

    /// <summary>Creates an exception with a message only.</summary>
    public DelimitedTextException(string message)
        : this(DelimitedTextError.Binary, message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public DelimitedTextException(string message, Exception? innerException)
        : this(DelimitedTextError.Binary, message, innerException)
    {
    }

    internal DelimitedTextException(DelimitedTextError error, string message, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>What is wrong; stable, for an error id.</summary>
    public DelimitedTextError Error { get; }

    /// <summary>The data row from 1 (0 = the header), if known.</summary>
    public int? RowNumber { get; internal init; }

    /// <summary>The line of the file from 1, if known.</summary>
    public int? LineNumber { get; internal init; }

    /// <summary>The number of the column from 1, if known. Not its header, which in a file without one is a value.</summary>
    public string? Column { get; internal init; }
}
