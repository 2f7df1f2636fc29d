namespace MailAdmin.Client;

/// <summary>Checks keys and prefixes of settings before they are sent: to the server an empty prefix means everything.</summary>
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
            throw new ArgumentException($"'{plain}' is not a key: it begins or ends with a dot. The settings under it are addressed by a prefix.");
        }
        return plain.Any(char.IsControl) ? throw new ArgumentException("The key holds a control character.") : plain;
    }

    // The same settings, and no others.
    private static string FormatPrefixAdvice(string prefix) => prefix.EndsWith(".*", StringComparison.Ordinal) && prefix[..^2] is { Length: > 0 } plain && plain[0] != '.' && !plain.AsSpan().ContainsAny('*', '?')
        ? $" Type -Prefix '{plain}', which means the settings under it."
        : "";

    /// <summary>A prefix that means the settings under it: with exactly one dot at its end.</summary>
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
            throw new ArgumentException($"'{plain}' is not a prefix: it begins with a dot or contains a wildcard or a control character.{FormatPrefixAdvice(plain)}");
        }
        return plain;
    }
}
