using System.Globalization;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Finds the message in the bytes of a file: what programs write around it is no part of it.</summary>
internal static class MessageBytes
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// The message: without a byte order mark and blank lines before its headers, which would hide them; of an .emlx (Apple Mail), as many bytes as its
    /// first line says. Everything else stays as it is.
    /// </summary>
    /// <returns>False for an .emlx that is shorter than its first line says.</returns>
    public static bool TryFindMessage(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> message)
    {
        message = Trim(content);
        int end = message.IndexOf((byte)'\n');
        ReadOnlySpan<byte> first = end < 0 ? [] : message[..end].Trim(" \r"u8);
        if (first.IsEmpty || first.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return true;
        }
        ReadOnlySpan<byte> rest = message[(end + 1)..];
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > rest.Length)
        {
            return false;
        }
        message = Trim(rest[..count]);
        return true;
    }

    /// <summary>The same without a byte order mark and blank lines in front.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> content) => (content.StartsWith(ByteOrderMark) ? content[ByteOrderMark.Length..] : content).TrimStart("\r\n"u8);
}
