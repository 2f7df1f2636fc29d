using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Client;

/// <summary>Checks e-mail addresses before the server sees them: it accepts one without an @, and mail is lost.</summary>
public static partial class MailAddress
{
    private const int MaxLength = 254;

    private static readonly SearchValues<char> s_forbiddenCharacters = SearchValues.Create(" \t\r\n,;<>()[]\"\\");

    /// <summary>What is wrong with an address; null if it is valid.</summary>
    /// <param name="address">Without a name and without angle brackets.</param>
    public static string? GetValidationError(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if ((NameText.GetNameError(address) ?? NameText.GetFormError(address)) is { } error)
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

        if (address.AsSpan(0, at).ContainsAny(s_forbiddenCharacters) || HasBlank(address))
        {
            return $"'{address}' is not an e-mail address: spaces, commas, semicolons, brackets and quotation marks are not allowed.";
        }

        return IsDomain(address.AsSpan(at + 1)) ? null : $"'{address}' is not an e-mail address: the part after the @ is not a domain.";
    }

    /// <summary>What is wrong with an address that an account, group or list is to have; null if it is valid. It may be a catch-all, <c>@example.org</c>.</summary>
    /// <param name="address">Without a name and without angle brackets.</param>
    public static string? GetOwnAddressError(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (IsCatchAll(address))
        {
            return null;
        }

        if (GetValidationError(address) is { } error)
        {
            return error;
        }

        ReadOnlySpan<char> local = address.AsSpan(0, address.IndexOf('@', StringComparison.Ordinal));
        if (local is "*" or "%")
        {
            return $"'{address}' is not an e-mail address. For all addresses of the domain that nobody has (a catch-all), write '{address[1..]}'.";
        }

        if (PrefixPattern().IsMatch(address))
        {
            return $"'{address}' is not an e-mail address: what '{local[..(local.IndexOf(':') + 1)]}' means here is not known. Write the address alone.";
        }

        return local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)
            ? $"'{address}' is not an e-mail address: other servers refuse a dot at the start or the end of the part before the @, and two dots in a row."
            : null;
    }

    /// <summary>Whether an address is a catch-all, <c>@example.org</c>: its owner gets the mail for all addresses of the domain that nobody has.</summary>
    /// <param name="address">An address.</param>
    public static bool IsCatchAll(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Length > 1 && address[0] == '@' && IsDomain(address.AsSpan(1));
    }

    /// <summary>The spelling in which two forms of one address, or of one domain, are equal: lower-case, its domain as <see cref="DomainName.ToAscii"/> writes it.</summary>
    /// <param name="address">An address, a domain, or a name.</param>
    public static string ToComparable(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string lower = address.ToLowerInvariant();
        int at = lower.LastIndexOf('@');
        // Without an @ it is a domain where it has a dot.
        return Ascii.IsValid(lower.AsSpan(at + 1)) || !lower.Contains(at < 0 ? '.' : '@', StringComparison.Ordinal) ? lower : lower[..(at + 1)] + DomainName.ToAscii(lower[(at + 1)..]);
    }

    /// <summary>Compares addresses and names by <see cref="ToComparable"/>.</summary>
    public static IEqualityComparer<string> Comparer { get; } = EqualityComparer<string>.Create((x, y) => x is null || y is null ? x == y : ToComparable(x) == ToComparable(y), text => ToComparable(text).GetHashCode(StringComparison.Ordinal));

    /// <summary>An address or a domain, and the same with the other spelling of its domain where there is one.</summary>
    /// <param name="addressOrDomain">An address, a domain, or a name.</param>
    public static IEnumerable<string> GetSpellings(string addressOrDomain)
    {
        ArgumentNullException.ThrowIfNull(addressOrDomain);
        int at = addressOrDomain.LastIndexOf('@');
        return addressOrDomain.Contains('.', StringComparison.Ordinal) && DomainName.GetOtherSpelling(addressOrDomain[(at + 1)..]) is { } other
            ? [addressOrDomain, addressOrDomain[..(at + 1)] + other]
            : [addressOrDomain];
    }

    /// <summary>The address within <c>mailto:</c>, <c>smtp:</c> or <c>Name &lt;…&gt;</c>; anything else as it is.</summary>
    /// <param name="text">An address as people and mail programs write it.</param>
    public static string Unwrap(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string address = text.Trim();
        if (MailboxPattern().Match(address) is { Success: true } mailbox)
        {
            address = mailbox.Groups["address"].Value.Trim();
        }

        Match prefix = MailPrefixPattern().Match(address);
        if (!prefix.Success)
        {
            return address;
        }

        address = address[prefix.Length..].Trim();
        int query = address.IndexOf('?', StringComparison.Ordinal);
        return query > 0 && prefix.Value.StartsWith("mailto", StringComparison.OrdinalIgnoreCase) ? address[..query] : address;
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
                // A mark belongs to the letter before it: no vowel signs, no domain of India.
                if (!char.IsLetterOrDigit(character) && character is not ('-' or '_') && !IsMark(character))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether there is a space or a control character in a text.</summary>
    internal static bool HasBlank(string text)
    {
        foreach (char character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The domain of a valid address.</summary>
    internal static string GetDomain(string address) => address[(address.LastIndexOf('@') + 1)..];

    /// <summary>The part before the <c>@</c> of a valid address.</summary>
    internal static string GetLocalPart(string address) => address[..address.LastIndexOf('@')];

    [GeneratedRegex(@"^(?:""[^""]*""|[^<>""]*)\s*<(?<address>[^<>]+)>\z", RegexOptions.CultureInvariant)]
    private static partial Regex MailboxPattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*:", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"^(?:mailto|smtp):", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MailPrefixPattern();

    private static bool IsMark(char character) => char.GetUnicodeCategory(character)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
