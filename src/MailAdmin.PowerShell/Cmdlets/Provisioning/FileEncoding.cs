using System.Text;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>The encoding of a file by its name: .NET's, or those that PowerShell's own cmdlets use.</summary>
internal static class FileEncoding
{
    /// <exception cref="ArgumentException">There is no such encoding.</exception>
    public static Encoding Parse(string name)
    {
        string known = name.ToLowerInvariant() switch
        {
            "utf8" or "utf8bom" or "utf8nobom" => "utf-8",
            "unicode" or "utf16" => "utf-16",
            "bigendianunicode" => "utf-16BE",
            "ansi" => "windows-1252",
            var other => other,
        };
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return Encoding.GetEncoding(known);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"'{name}' is not a known encoding. Specify utf-8, utf-16 or windows-1252.", e);
        }
    }
}
