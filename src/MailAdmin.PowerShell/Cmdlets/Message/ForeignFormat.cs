using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A format that holds mail and is none, known by the first bytes of a file: what it is, and how it becomes messages.</summary>
/// <param name="Name">The format, as in "It is …".</param>
/// <param name="Advice">What to do, with a line to type.</param>
internal sealed record ForeignFormat(string Name, string Advice)
{
    /// <summary>How many bytes are enough to know any of them.</summary>
    public const int HeadLength = 512;

    private const int TarMarkOffset = 257;

    /// <summary>A message of Apple Mail that is shorter than its first line says: large ones are kept in parts.</summary>
    public static ForeignFormat IncompleteEmlx { get; } = new("an .emlx (Apple Mail) that is not complete", "Save the message from Mail: File > Save As, format Raw Message Source.");

    /// <summary>Whether a file that begins like this is compressed with gzip, which is read.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>The format of a file that begins like this; null for one that may be a message.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="path">The file, for the line to type; null for a message that was passed as bytes.</param>
    public static ForeignFormat? Find(ReadOnlySpan<byte> head, string? path)
    {
        string file = QuotedText.Quote(path ?? "file");
        return head switch
        {
            _ when IsUtf16(head) => new("text in UTF-16", $"Write it in UTF-8: Get-Content -LiteralPath {file} -Raw -Encoding {(IsBigEndian(head) ? "BigEndianUnicode" : "Unicode")} | Set-Content utf8.eml -NoNewline -Encoding utf8NoBOM"),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => new("an Outlook message (.msg)", $"Save it as .eml in a mail program, or convert it with msgconvert (Email::Outlook::Message): msgconvert {file}"),
            [(byte)'!', (byte)'B', (byte)'D', (byte)'N', ..] => new("an Outlook data file (.pst or .ost)", $"Take its messages out with readpst (libpst), which writes .eml files: readpst -e -o messages {file}"),
            [(byte)'P', (byte)'K', 3, 4, ..] => new("a zip archive", $"Take its files out, and specify their folder: Expand-Archive {file} messages"),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => new("compressed with bzip2", $"Decompress it: bunzip2 -k {file}"),
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => new("compressed with xz", $"Decompress it: xz -dk {file}"),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => new("compressed with Zstandard", $"Decompress it: zstd -dk {file}"),
            // Within a file it is read; here it is one within another, or was passed as bytes.
            _ when IsGzip(head) => new("compressed with gzip", $"Specify it as a file with -Path, or decompress it: gzip -dk {file}"),
            _ when head.Length > TarMarkOffset && head[TarMarkOffset..].StartsWith("ustar"u8) => new("a tar archive", $"Take its files out, and specify their folder: tar -xf {file}"),
            _ when head.Contains((byte)'\r') && !head.Contains((byte)'\n') => new("text whose lines end with CR alone, as on old Macintosh systems", $"Write it with other line ends: (Get-Content -LiteralPath {file} -Raw -Encoding latin1) -replace \"`r\", \"`n\" | Set-Content lf.eml -NoNewline -Encoding latin1"),
            _ => null,
        };
    }

    private static bool IsUtf16(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => true,
        // Without a mark: a header is ASCII letters, each with a zero beside it.
        [> 0x20 and < 0x7F, 0, > 0x20 and < 0x7F, 0, ..] or [0, > 0x20 and < 0x7F, 0, > 0x20 and < 0x7F, ..] => true,
        _ => false,
    };

    private static bool IsBigEndian(ReadOnlySpan<byte> head) => head[0] is 0xFE or 0;
}
