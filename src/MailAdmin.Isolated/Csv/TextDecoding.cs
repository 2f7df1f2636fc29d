using System.Buffers;
using System.Text;

namespace MailAdmin.Isolated.Csv;

/// <summary>Detects how to decode a file: its byte order mark, else strict UTF-8, else Windows-1252, which is a guess.</summary>
internal static class TextDecoding
{
    private const int SampleLength = 4096;

    /// <summary>Larger files must come as a stream that can be read twice.</summary>
    private const int MaxBufferedBytes = 256 * 1024 * 1024;

    /// <summary>Opens a reader at the first character; the stream stays the caller's.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="given">Its encoding, if known.</param>
    /// <param name="encoding">The encoding that it is read in.</param>
    /// <param name="others">The names of encodings that the file may be in as well, where nothing in it says that it is this one; null where that is certain.</param>
    public static StreamReader Open(Stream stream, Encoding? given, out Encoding encoding, out string? others)
    {
        Stream text = stream.CanSeek ? stream : CopyToMemory(stream);
        long start = text.Position;
        others = null;
        encoding = given ?? DetectEncoding(text, start, out others);
        text.Position = start;
        if (encoding.CodePage == Encoding.UTF8.CodePage && Utf8Survey.Take(text) is { FirstInvalid: { } place })
        {
            throw CreatePlaceError(place, ". Correct that line, or specify the file's encoding.");
        }
        text.Position = start;
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        text.Position = start + GetPreambleLength(text, strict);
        return new StreamReader(text, strict, detectEncodingFromByteOrderMarks: false, bufferSize: 16 * 1024, leaveOpen: true);
    }

    private static MemoryStream CopyToMemory(Stream stream)
    {
        var copy = new MemoryStream();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if (copy.Length + read > MaxBufferedBytes)
                {
                    throw new DelimitedTextException(DelimitedTextError.TooLarge,
                        $"The input is larger than {MaxBufferedBytes / (1024 * 1024)} MB. Read it from a file.");
                }

                copy.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }

        copy.Position = 0;
        return copy;
    }

    private static Encoding DetectEncoding(Stream stream, long start, out string? others)
    {
        others = null;
        byte[] sample = new byte[SampleLength];
        int length = stream.ReadAtLeast(sample, SampleLength, throwOnEndOfStream: false);
        return DetectByteOrderMark(sample.AsSpan(0, length))
            ?? DetectUtf16(sample.AsSpan(0, length))
            ?? DetectUtf8OrWindows1252(stream, start, out others);
    }

    private static UnicodeEncoding LittleEndian { get; } = new(bigEndian: false, byteOrderMark: true);

    private static UnicodeEncoding BigEndian { get; } = new(bigEndian: true, byteOrderMark: true);

    private static Encoding? DetectByteOrderMark(ReadOnlySpan<byte> sample) => sample switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] => LittleEndian,
        [0xFE, 0xFF, ..] => BigEndian,
        _ => null,
    };

    /// <summary>Latin text in UTF-16 without a mark has a zero in every other byte; any other file with zeros is not text.</summary>
    private static UnicodeEncoding? DetectUtf16(ReadOnlySpan<byte> sample)
    {
        if (sample.StartsWith("PK\u0003\u0004"u8))
        {
            throw new DelimitedTextException(DelimitedTextError.Binary,
                "The file is a workbook or another ZIP archive, not text. Save it as CSV (UTF-8) first.");
        }

        int even = 0, odd = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            if (sample[i] != 0)
            {
                continue;
            }

            if (i % 2 == 0)
            {
                even++;
            }
            else
            {
                odd++;
            }
        }

        return (even, odd) switch
        {
            (0, 0) => null,
            (0, _) when odd > sample.Length / 4 => LittleEndian,
            (_, 0) when even > sample.Length / 4 => BigEndian,
            _ => throw CreateBinaryError(),
        };
    }

    /// <summary>
    /// One byte that is no UTF-8 does not make another encoding of a file that is UTF-8 elsewhere: every name in it would be misread. And what Windows-1252
    /// does not have is not Windows-1252.
    /// </summary>
    private static Encoding DetectUtf8OrWindows1252(Stream stream, long start, out string? others)
    {
        stream.Position = start;
        var survey = Utf8Survey.Take(stream);
        others = survey.FirstInvalid is null ? null : NameOthers(survey.MayBeDoubleByte);
        if (survey.FirstInvalid is not { } place)
        {
            return Encoding.UTF8;
        }
        if (survey.IsMostlyUtf8)
        {
            throw CreatePlaceError(place, ", though other parts of the file are UTF-8. Correct that line, or specify the file's encoding.");
        }
        if (survey.HasCharacters)
        {
            throw CreatePlaceError(place, $", and the file may be in several encodings. Specify the file's encoding, such as windows-1252, {NameOthers(mayBeDoubleByte: true)}.");
        }
        return survey.HasBytesOutsideWindows1252
            ? throw CreatePlaceError(place, $", and the file has bytes that Windows-1252 does not have. Specify the file's encoding, such as {others}.")
            : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    }

    // The Windows console and old programs write in the code page that PowerShell calls oem.
    private static string NameOthers(bool mayBeDoubleByte) =>
        "oem (of the Windows console and of old programs), windows-1250, windows-1251, koi8-r, macintosh or shift_jis" + (mayBeDoubleByte ? ", and for Chinese, Japanese or Korean gb18030, big5, euc-jp or euc-kr" : "");

    private static int GetPreambleLength(Stream stream, Encoding encoding)
    {
        ReadOnlySpan<byte> preamble = encoding.Preamble.IsEmpty && encoding.CodePage == Encoding.UTF8.CodePage
            ? Encoding.UTF8.Preamble
            : encoding.Preamble;
        long start = stream.Position;
        Span<byte> first = stackalloc byte[8];
        int read = stream.ReadAtLeast(first[..preamble.Length], preamble.Length, throwOnEndOfStream: false);
        stream.Position = start;
        return first[..read].SequenceEqual(preamble) ? preamble.Length : 0;
    }

    private static DelimitedTextException CreatePlaceError(BytePlace place, string advice) =>
        new(DelimitedTextError.Encoding, $"{place}{advice}") { LineNumber = place.Line };

    public static DelimitedTextException CreateDecodingError(string encoding, DecoderFallbackException exception) =>
        new(DelimitedTextError.Encoding, $"The file is not valid {encoding} text. Specify its encoding.", exception);

    public static DelimitedTextException CreateBinaryError() =>
        new(DelimitedTextError.Binary, "The file is binary, not delimited text: it contains NUL bytes.");
}
