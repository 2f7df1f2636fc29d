using System.Text;
using System.Text.Unicode;
using MimeKit;

namespace MailAdmin.Isolated.Mime;

/// <summary>
/// Makes messages fit for JSON, which carries UTF-8 and nothing else. A message with other bytes is rewritten so that its content stays the
/// same: its parts in quoted-printable or base64 with the character set they declare, its headers in encoded words.
/// </summary>
public static class Utf8Message
{
    /// <summary>The message itself where its bytes are UTF-8, else one of the same content in seven bits.</summary>
    /// <param name="message">The message as it is.</param>
    /// <param name="isChanged">Whether it had to be rewritten: a signature over it is then no longer valid.</param>
    public static byte[] Convert(byte[] message, out bool isChanged)
    {
        ArgumentNullException.ThrowIfNull(message);
        isChanged = !Utf8.IsValid(message);
        if (!isChanged)
        {
            return message;
        }
        byte[] rewritten = Rewrite(message) ?? message;
        // A preamble, or a text that is not a message: bytes without a character set cannot be kept.
        return Utf8.IsValid(rewritten) ? rewritten : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(rewritten));
    }

    private static byte[]? Rewrite(byte[] bytes)
    {
        try
        {
            using var message = MimeMessage.Load(new MemoryStream(bytes));
            message.Prepare(EncodingConstraint.SevenBit);
            foreach (Header header in message.Headers.Where(header => !Utf8.IsValid(header.RawValue)))
            {
                header.SetValue(Encoding.UTF8, header.Value);
            }
            using var stream = new MemoryStream();
            message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, stream);
            return stream.ToArray();
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
