using System.Net;
using System.Security;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Converts between text and SecureString. A SecureString is not encrypted on Linux; it only keeps a secret out of views and transcripts.</summary>
internal static class SecureStringConverter
{
    public static string ToPlainText(SecureString secure) => new NetworkCredential("", secure).Password;

    public static SecureString ToSecureString(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
        {
            secure.AppendChar(c);
        }
        secure.MakeReadOnly();
        return secure;
    }
}
