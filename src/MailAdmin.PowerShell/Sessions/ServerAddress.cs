namespace MailAdmin.PowerShell.Sessions;

/// <summary>A server's base address; a bare host means https.</summary>
internal static class ServerAddress
{
    /// <exception cref="FormatException">It is not the address of a web server, or holds what does not belong into one. The message quotes no secret.</exception>
    public static Uri Parse(string text)
    {
        string trimmed = text.Trim();
        // What stands in front of an at sign may be a password, and behind a question mark a token: neither is quoted.
        if (trimmed.Contains('@', StringComparison.Ordinal))
        {
            throw new FormatException("The address contains a user name or password. Specify them with -Credential instead: addresses are shown and logged.");
        }
        if (trimmed.AsSpan().IndexOfAny('?', '#') >= 0)
        {
            throw new FormatException("The address contains a query ('?') or a fragment ('#'). Specify the host alone, such as https://mail.example.org; an API key or token belongs to -Credential, -ApiKey or -AccessToken.");
        }
        string absolute = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "https://" + trimmed;
        return System.Uri.TryCreate(absolute, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https") && uri.Host.Length > 0
            ? uri
            : throw new FormatException($"'{trimmed}' is not the address of a mail server. Specify a host name, such as mail.example.org, or https://mail.example.org:8443.");
    }

    /// <summary>The host, in the one spelling that it has in DNS, with the port where it is not the usual one.</summary>
    public static string Format(Uri uri)
    {
        string host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost : uri.Host;
        return uri.IsDefaultPort ? host : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{host}:{uri.Port}");
    }
}
