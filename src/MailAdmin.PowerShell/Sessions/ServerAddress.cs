namespace MailAdmin.PowerShell.Sessions;

/// <summary>A server's base address; a bare host means https.</summary>
internal static class ServerAddress
{
    /// <exception cref="FormatException">It is not the address of a web server.</exception>
    public static Uri Parse(string text)
    {
        string trimmed = text.Trim();
        string absolute = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "https://" + trimmed;
        if (!System.Uri.TryCreate(absolute, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw new FormatException($"'{text}' is not the address of a mail server. Specify a host name, such as mail.example.org, or https://mail.example.org:8443.");
        }
        if (uri.UserInfo.Length > 0)
        {
            throw new FormatException("The address contains a user name or password. Specify them with -Credential instead: addresses are shown and logged.");
        }
        return uri;
    }
}
