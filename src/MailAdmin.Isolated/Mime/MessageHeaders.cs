// Reads the headers of a message, and only them, with MimeKit.
using MimeKit;
using MimeKit.Utils;

namespace MailAdmin.Isolated.Mime;

/// <summary>Reads what the headers of a message tell.</summary>
public static class MessageHeaders
{
    /// <summary>The facts, or null when not one line is a header that mail knows: such a text is no message to the server either.</summary>
    public static MessageFacts? Read(byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        HeaderList headers = Load(HeaderBlock(message));
        if (!headers.Any(header => header.Id != HeaderId.Unknown))
        {
            return null;
        }
        ReceivedHop? hop = headers.Where(header => header.Id == HeaderId.Received).Select(header => ReceivedHop.Read(header.Value)).FirstOrDefault(found => found is not null);
        return new MessageFacts
        {
            MessageId = headers[HeaderId.MessageId] is { } id ? MimeUtils.EnumerateReferences(id).FirstOrDefault() ?? id.Trim() : null,
            Subject = headers[HeaderId.Subject]?.Trim(),
            ReturnPath = headers[HeaderId.ReturnPath] is { } path ? EnvelopeSender(path) : null,
            From = Addresses(headers, "From").FirstOrDefault(),
            Recipients = Recipients(headers),
            RemoteIp = hop?.Address,
            EhloDomain = hop?.EhloDomain,
        };
    }

    // MimeKit gives up on a block with a line that is no header; the server passes over such a line, so it is left out here.
    private static MemoryStream HeaderBlock(ReadOnlySpan<byte> message)
    {
        var block = new MemoryStream();
        bool taken = false;
        while (!message.IsEmpty)
        {
            int newline = message.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = newline < 0 ? message : message[..(newline + 1)];
            message = message[line.Length..];
            if (line.TrimEnd("\r\n"u8).IsEmpty)
            {
                break;
            }
            taken = line[0] is (byte)' ' or (byte)'\t' ? taken : IsField(line);
            if (taken)
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

    private static HeaderList Load(Stream block) => block.Length > 2 ? HeaderList.Load(block) : [];

    private static string? EnvelopeSender(string path)
    {
        string trimmed = path.Trim();
        return trimmed == "<>" ? "" : MailboxAddress.TryParse(trimmed, out MailboxAddress? mailbox) ? mailbox.Address : null;
    }

    private static string[] Recipients(HeaderList headers)
    {
        string[] delivered = [.. Addresses(headers, "Delivered-To")];
        return delivered.Length > 0 ? delivered : [.. Addresses(headers, "To").Concat(Addresses(headers, "Cc")).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<string> Addresses(HeaderList headers, string field) => headers
        .Where(header => header.Field.Equals(field, StringComparison.OrdinalIgnoreCase))
        .SelectMany(header => InternetAddressList.TryParse(header.RawValue, out InternetAddressList? list) ? list.Mailboxes : [])
        .Select(mailbox => mailbox.Address)
        .Where(address => address.Contains('@', StringComparison.Ordinal));
}
