namespace MailAdmin.Isolated.Csv;

/// <summary>What can be wrong with a file as a whole.</summary>
public enum DelimitedTextError
{
    /// <summary>The file is empty, or nothing but blank lines.</summary>
    NoHeader,

    /// <summary>There is a header but no row.</summary>
    NoRows,

    /// <summary>A header is duplicated.</summary>
    DuplicateHeader,

    /// <summary>A quotation mark is not closed, or text follows a closing one.</summary>
    BrokenQuote,

    /// <summary>A cell or row is longer than the limit.</summary>
    TooLarge,

    /// <summary>Not text: a workbook, an image, a database.</summary>
    Binary,

    /// <summary>Not text in the encoding given.</summary>
    Encoding,
}
