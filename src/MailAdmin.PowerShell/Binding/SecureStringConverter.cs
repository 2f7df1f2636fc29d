// Reads a SecureString. SecureString is no encryption on Linux; it only keeps a secret out of views and transcripts.
using System.Net;
using System.Security;

namespace MailAdmin.PowerShell.Binding;

/// <summary>The text of a SecureString.</summary>
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
