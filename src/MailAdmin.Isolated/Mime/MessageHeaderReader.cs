using MimeKit;
using MimeKit.Utils;

namespace MailAdmin.Isolated.Mime;

/// <summary>Reads the headers of a message, and only them, with MimeKit.</summary>
public static class MessageHeaderReader
{
    /// <summary>What they say, or null when not one line is a known mail header: the server does not treat such a text as a message either.</summary>
    public static MessageInfo? Read(byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        HeaderList headers = LoadHeaders(ExtractHeaderBlock(message));
        if (!headers.Any(header => header.Id != HeaderId.Unknown))
        {
            return null;
        }
        ReceivedHop? hop = headers.Where(header => header.Id == HeaderId.Received).Select(header => ReceivedHop.Parse(header.Value)).FirstOrDefault(found => found is not null);
        return new MessageInfo
        {
            MessageId = headers[HeaderId.MessageId] is { } id ? MimeUtils.EnumerateReferences(id).FirstOrDefault() ?? id.Trim() : null,
            Subject = headers[HeaderId.Subject]?.Trim(),
            ReturnPath = headers[HeaderId.ReturnPath] is { } path ? ParseEnvelopeSender(path) : null,
            From = GetAddresses(headers, "From").FirstOrDefault(),
            HasFrom = headers.Any(header => header.Id == HeaderId.From && !string.IsNullOrWhiteSpace(header.Value)),
            Recipients = GetRecipients(headers),
            RemoteIp = hop?.Address,
            EhloDomain = hop?.EhloDomain,
        };
    }

    // MimeKit gives up on a block with a line that is not a header; the server skips such a line, so it is omitted here.
    private static MemoryStream ExtractHeaderBlock(ReadOnlySpan<byte> message)
    {
        var block = new MemoryStream();
        bool isIncluded = false;
        while (!message.IsEmpty)
        {
            int newline = message.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = newline < 0 ? message : message[..(newline + 1)];
            message = message[line.Length..];
            if (line.TrimEnd("\r\n"u8).IsEmpty)
            {
                break;
            }
            isIncluded = line[0] is (byte)' ' or (byte)'\t' ? isIncluded : IsField(line);
            if (isIncluded)
            {
                block.Write(line.TrimEnd("\r\n"u8));
                block.Write("\r\n"u8);
            }
        }
        block.Write("\r\n"u8);
        block.Position = 0;
        return block;
    }

    private static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        return colon > 0 && !line[..colon].TrimEnd(" \t"u8).ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }

    private static HeaderList LoadHeaders(Stream block) => block.Length > 2 ? HeaderList.Load(block) : [];

    private static string? ParseEnvelopeSender(string path)
    {
        string trimmed = path.Trim();
        return trimmed == "<>" ? "" : MailboxAddress.TryParse(trimmed, out MailboxAddress? mailbox) ? mailbox.Address : null;
    }

    private static string[] GetRecipients(HeaderList headers)
    {
        string[] delivered = [.. GetAddresses(headers, "Delivered-To")];
        return delivered.Length > 0 ? delivered : [.. GetAddresses(headers, "To").Concat(GetAddresses(headers, "Cc")).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<string> GetAddresses(HeaderList headers, string field) => headers
        .Where(header => header.Field.Equals(field, StringComparison.OrdinalIgnoreCase))
        .SelectMany(header => InternetAddressList.TryParse(header.RawValue, out InternetAddressList? list) ? list.Mailboxes : [])
        .Select(mailbox => mailbox.Address)
        .Where(address => address.Contains('@', StringComparison.Ordinal));
}
