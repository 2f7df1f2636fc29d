// Keys and prefixes, checked before they are sent: an empty prefix means everything to the server.
namespace MailAdmin.Client;

/// <summary>Checks keys and prefixes of settings.</summary>
public static class SettingKeyFormat
{
    /// <summary>A key without the spaces around it.</summary>
    /// <exception cref="ArgumentException">It is empty or holds what no key holds.</exception>
    public static string NormalizeKey(string? key)
    {
        string plain = (key ?? "").Trim();
        if (plain.Trim('.').Length == 0)
        {
            throw new ArgumentException("The key is empty.");
        }
        if (plain[0] == '.' || plain[^1] == '.')
        {
            throw new ArgumentException($"'{plain}' is no key: it begins or ends with a dot. What lies below it is addressed by a prefix.");
        }
        return plain.Any(char.IsControl) ? throw new ArgumentException("The key holds a control character.") : plain;
    }

    /// <summary>A prefix that means what lies below it: with exactly one dot at its end.</summary>
    /// <exception cref="ArgumentException">It is empty, blank or dots alone: that would mean everything.</exception>
    public static string ToSubtreePrefix(string? prefix) => NormalizePrefix(prefix).TrimEnd('.') + ".";

    /// <summary>A prefix as given, without the spaces around it: <c>lookup.set</c> also means <c>lookup.set9</c>.</summary>
    /// <exception cref="ArgumentException">It is empty, blank or dots alone: that would mean everything.</exception>
    public static string NormalizePrefix(string? prefix)
    {
        string plain = (prefix ?? "").Trim();
        if (plain.Trim('.').Length == 0)
        {
            throw new ArgumentException("The prefix is empty: to the server that means every setting there is, its local file and the DKIM keys included. It is never sent.");
        }
        if (plain[0] == '.' || plain.Contains('*', StringComparison.Ordinal) || plain.Contains('?', StringComparison.Ordinal) || plain.Any(char.IsControl))
        {
            throw new ArgumentException($"'{plain}' is no prefix: it begins with a dot or holds a wildcard or a control character.");
        }
        return plain;
    }
}
