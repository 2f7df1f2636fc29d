using System.Globalization;
using System.Text;

namespace MailAdmin.Client;

/// <summary>Checks the name of a mail domain, since the server answers for any text, and compares the two spellings of one.</summary>
public static class DomainName
{
    private static readonly IdnMapping s_mapping = new() { AllowUnassigned = true };

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

    /// <summary>
    /// The spelling in which two names of one domain are equal: lower-case, letters of other alphabets as <c>xn--</c> (<c>müller.example</c> is
    /// <c>xn--mller-kva.example</c>). The server compares bytes: what is sent must be spelt as the server has it.
    /// </summary>
    /// <param name="domain">A domain or host; a dot at the end stays.</param>
    public static string ToAscii(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (Ascii.IsValid(domain))
        {
            return domain.ToLowerInvariant();
        }
        try
        {
            string ascii = s_mapping.GetAscii(domain.TrimEnd('.').ToLowerInvariant().Normalize(NormalizationForm.FormC));
            return domain.EndsWith('.') ? ascii + "." : ascii;
        }
        catch (ArgumentException)
        {
            return domain.ToLowerInvariant();
        }
    }

    /// <summary>Whether a domain, or the domain of an address, may have another spelling: a look at its letters, which is cheap.</summary>
    internal static bool MayHaveOtherSpelling(string text) => !Ascii.IsValid(text) || text.Contains("xn--", StringComparison.OrdinalIgnoreCase);

    /// <summary>The other spelling of a domain of another alphabet: <c>xn--…</c> for one in its letters and the other way round; null where there is one alone.</summary>
    /// <param name="domain">A domain.</param>
    public static string? GetOtherSpelling(string domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (!MayHaveOtherSpelling(domain))
        {
            return null;
        }
        string lower = domain.ToLowerInvariant();
        string ascii = ToAscii(lower);
        if (ascii != lower)
        {
            return ascii;
        }
        try
        {
            string letters = s_mapping.GetUnicode(ascii);
            return letters == ascii ? null : letters;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
