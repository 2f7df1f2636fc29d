using System.Buffers;
using System.Text;

namespace MailAdmin.Client;

/// <summary>Checks e-mail addresses before the server sees them: it accepts one without an @, and mail is lost.</summary>
public static class MailAddress
{
    private const int MaxLength = 254;

    private static readonly SearchValues<char> s_forbiddenCharacters = SearchValues.Create(" \t\r\n,;<>()[]\"\\");

    /// <summary>What is wrong with an address; null if it is valid.</summary>
    /// <param name="address">Without a name and without angle brackets.</param>
    public static string? GetValidationError(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (NameText.GetNameError(address) is { } error)
        {
            return $"'{address}' is not an e-mail address. {error}";
        }

        int at = address.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return $"'{address}' is not an e-mail address: it has no @.";
        }

        if (at != address.LastIndexOf('@'))
        {
            return $"'{address}' is not an e-mail address: it has more than one @.";
        }

        if (at == 0)
        {
            return $"'{address}' is not an e-mail address: there is nothing before the @.";
        }

        if (Encoding.UTF8.GetByteCount(address) > MaxLength)
        {
            return $"An e-mail address has at most {MaxLength} bytes.";
        }

        if (address.AsSpan(0, at).ContainsAny(s_forbiddenCharacters) || address.Any(char.IsControl))
        {
            return $"'{address}' is not an e-mail address: spaces, commas, semicolons, brackets and quotation marks are not allowed.";
        }

        return IsDomain(address.AsSpan(at + 1)) ? null : $"'{address}' is not an e-mail address: the part after the @ is not a domain.";
    }

    /// <summary>Whether text can be a mail domain: labels of letters, digits and inner hyphens.</summary>
    /// <param name="domain">Without a final dot.</param>
    public static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty || domain.Length > 253)
        {
            return false;
        }

        foreach (Range range in domain.Split('.'))
        {
            ReadOnlySpan<char> label = domain[range];
            if (label.IsEmpty || label.Length > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (char character in label)
            {
                if (!char.IsLetterOrDigit(character) && character is not ('-' or '_'))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The domain of a valid address.</summary>
    internal static string GetDomain(string address) => address[(address.LastIndexOf('@') + 1)..];

    /// <summary>The part before the <c>@</c> of a valid address.</summary>
    internal static string GetLocalPart(string address) => address[..address.LastIndexOf('@')];
}
