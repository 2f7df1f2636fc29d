using System.Text;

namespace MailAdmin.Isolated.Csv;

/// <summary>The text of a whole file.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="EncodingName">The encoding that it was read in.</param>
/// <param name="OtherEncodings">The names of encodings that the file may be in as well, for a sentence, where nothing in it says that it is this one; null where that is certain.</param>
public sealed record DecodedText(string Text, string EncodingName, string? OtherEncodings)
{
    /// <summary>Reads a file to its end. The stream stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="encoding">Its encoding; null = detected as for delimited text.</param>
    /// <exception cref="DelimitedTextException">The file is not text in that encoding.</exception>
    public static DecodedText Read(Stream stream, Encoding? encoding)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using StreamReader reader = TextDecoding.Open(stream, encoding, out Encoding found, out string? others);
        try
        {
            return new DecodedText(reader.ReadToEnd(), found.WebName, others);
        }
        catch (DecoderFallbackException exception)
        {
            throw TextDecoding.CreateDecodingError(found.WebName, exception);
        }
    }

    /// <summary>The encoding alone: the text may hold passwords.</summary>
    public override string ToString() => EncodingName;
}
