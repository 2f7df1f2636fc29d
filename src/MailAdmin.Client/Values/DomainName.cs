namespace MailAdmin.Client;

/// <summary>Checks the name of a mail domain, since the server answers for any text.</summary>
public static class DomainName
{
    /// <summary>The domain as the server spells its own: trimmed, lower-case, without a dot at the end.</summary>
    /// <exception cref="ArgumentException">The text is not a domain.</exception>
    public static string Normalize(string? text)
    {
        string domain = (text ?? "").Trim().TrimEnd('.').ToLowerInvariant();
        if (domain.Length == 0)
        {
            throw new ArgumentException("The domain is empty.");
        }
        if (domain.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{domain}' is an address. Give the domain alone: '{domain[(domain.LastIndexOf('@') + 1)..]}'.");
        }
        if (domain.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))) || domain.Split('.').Any(label => label.Length == 0))
        {
            throw new ArgumentException($"'{domain}' is not a domain.");
        }
        return domain;
    }
}
