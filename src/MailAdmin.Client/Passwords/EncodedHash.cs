using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Client.Passwords;

/// <summary>
/// A hash as tools write a value that may be no text: <c>ldapsearch</c> in base64 (<c>userPassword:: e1NTSEF9…</c>), <c>csvde</c> as <c>X'7b53…'</c>.
/// </summary>
internal static class EncodedHash
{
    // The shortest that has a tag and something behind it.
    private const int MinLength = 8;

    /// <summary>The hash in the text; null where there is none. What is encoded and no hash stays as it is: it may be the password itself.</summary>
    public static string? Decode(string text) => (DecodeHex(text) ?? DecodeBase64(text)) is { } decoded && IsHash(decoded) ? decoded : null;

    /// <summary>Whether the text is a value as csvde writes it.</summary>
    public static bool IsHexValue(string text) => DecodeHex(text) is not null;

    private static string? DecodeHex(string text) => text is ['X' or 'x', '\'', _, .., '\''] && text.Length % 2 == 1 && text[2..^1].All(char.IsAsciiHexDigit)
        ? ReadText(Convert.FromHexString(text.AsSpan(2, text.Length - 3)))
        : null;

    private static string? DecodeBase64(string text) => text.Length >= MinLength && Base64.IsValid(text) && !text.Any(char.IsWhiteSpace) ? ReadText(Convert.FromBase64String(text)) : null;

    private static string? ReadText(byte[] bytes) => Array.TrueForAll(bytes, octet => octet is >= 0x20 and < 0x7F) ? Encoding.ASCII.GetString(bytes) : null;

    private static bool IsHash(string text) => PasswordSchemes.Detect(text) is not null || PasswordCell.HasForeignTag(text);
}
