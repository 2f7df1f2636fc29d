using System.Globalization;
using System.Text;

namespace MailAdmin.PowerShell.Files;

/// <summary>The encoding of a file: an object of .NET, a code page, or a name of .NET or of PowerShell's own cmdlets.</summary>
internal static class FileEncoding
{
    /// <summary>UTF-8 with a byte order mark, by which Excel knows it.</summary>
    public static Encoding Utf8WithMark { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

    /// <summary>UTF-8 as other programs write it.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="ArgumentException">There is no such encoding.</exception>
    public static Encoding Parse(object? value) => value switch
    {
        Encoding encoding => encoding,
        string name when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int codePage) => FromCodePage(codePage),
        string name => FromName(name.Trim()),
        sbyte or byte or short or ushort or int => FromCodePage(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        _ => throw CreateUnknown(value?.ToString(), null),
    };

    private static Encoding FromName(string name) => name.ToLowerInvariant() switch
    {
        "utf8" or "utf8nobom" or "default" => Utf8,
        "utf8bom" => Utf8WithMark,
        "unicode" or "utf16" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "utf32" => Encoding.UTF32,
        "bigendianutf32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        // As PowerShell's own cmdlets take them.
        "ansi" => FromCodePage(CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
        "oem" => FromCodePage(CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
        _ => Find(name, () => Encoding.GetEncoding(name)),
    };

    private static Encoding FromCodePage(int codePage) => codePage == Encoding.UTF8.CodePage
        ? Utf8
        : Find(codePage.ToString(CultureInfo.InvariantCulture), () => Encoding.GetEncoding(codePage));

    private static Encoding Find(string name, Func<Encoding> find)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return find();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw CreateUnknown(name, e);
        }
    }

    private static ArgumentException CreateUnknown(string? name, Exception? cause) =>
        new($"'{name}' is not a known encoding. Specify a name such as utf8, unicode, windows-1252, ansi or oem, a code page such as 1250, or an Encoding object.", cause);
}
