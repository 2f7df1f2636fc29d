using System.IO.Compression;
using MimeKit;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Finds the report in a message: the first attachment that is one, compressed or not.</summary>
internal sealed record ReportMail(string From, IReadOnlyList<string> To, string Subject, ParsedReport Report)
{
    /// <summary>Reads a mail; null if there is no report in it.</summary>
    public static ReportMail? Read(byte[] content)
    {
        try
        {
            using var message = MimeMessage.Load(new MemoryStream(content));
            return GetParts(message.Body).Select(Parse).OfType<ParsedReport>().FirstOrDefault() is { } report
                ? new ReportMail(
                    message.From.Mailboxes.LastOrDefault()?.Address ?? "",
                    [.. message.To.Mailboxes.Select(mailbox => mailbox.Address)],
                    message.Subject ?? "",
                    report)
                : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    private static IEnumerable<MimePart> GetParts(MimeEntity? entity) => entity switch
    {
        Multipart multipart => multipart.SelectMany(GetParts),
        MimePart part => [part],
        _ => [],
    };

    private static ParsedReport? Parse(MimePart part)
    {
        if (part.ContentType.IsMimeType("message", "feedback-report"))
        {
            return FeedbackReportParser.Parse(Decode(part));
        }

        string name = part.FileName ?? "";
        string extension = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        string subtype = part.ContentType.MediaSubtype.ToLowerInvariant();
        if (part.ContentType.IsMimeType("text", "*"))
        {
            return subtype == "xml" || extension == "xml" ? DmarcXmlParser.Parse(Decode(part)) : null;
        }

        int plus = subtype.LastIndexOf('+');
        (string format, string packing) = plus < 0 ? (subtype, subtype) : (subtype[..plus], subtype[(plus + 1)..]);
        if (format == "xml")
        {
            return DmarcXmlParser.Parse(Decompress(Decode(part), packing, extension));
        }

        if (format == "tlsrpt" || extension == "json")
        {
            return TlsReportParser.Parse(Decompress(Decode(part), packing, extension));
        }

        return name.Contains(".xml", StringComparison.Ordinal) || name.Contains('!', StringComparison.Ordinal)
            ? DmarcXmlParser.Parse(Decompress(Decode(part), packing, extension))
            : null;
    }

    private static byte[] Decode(MimePart part)
    {
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded);
        return decoded.ToArray();
    }

    private static byte[] Decompress(byte[] data, string packing, string extension) => (packing, extension) switch
    {
        ("gzip", _) => Gunzip(data),
        ("zip", _) => Unzip(data),
        (_, "gz") => Gunzip(data),
        (_, "zip") => Unzip(data),
        _ => data,
    };

    private static byte[] Gunzip(byte[] data)
    {
        using var packed = new GZipStream(new MemoryStream(data), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] Unzip(byte[] data)
    {
        using var archive = new ZipArchive(new MemoryStream(data), ZipArchiveMode.Read);
        if (archive.Entries.Count == 0)
        {
            return [];
        }

        using Stream entry = archive.Entries[0].Open();
        using var unpacked = new MemoryStream();
        entry.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
