using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tells hashes from passwords in clear text.</summary>
internal static partial class PasswordHashFormats
{
    /// <summary>Whether a text is a whole hash; one that only begins as one is a password.</summary>
    public static bool IsComplete(string secret) => HashPattern().IsMatch(secret) || SchemePattern().IsMatch(secret);

    [GeneratedRegex(
        @"^\$(argon2(id|i|d)|pbkdf2(-\w+)?|scrypt)\$(v=\d+\$)?[a-z]+=\d+(,[a-z]+=\d+)*\$[A-Za-z0-9+/.]+\$[A-Za-z0-9+/.]+$"
        + @"|^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$|^\$1\$[^$]+\$[./A-Za-z0-9]{22}$|^\$5\$(rounds=\d+\$)?[^$]+\$[./A-Za-z0-9]{43}$|^\$6\$(rounds=\d+\$)?[^$]+\$[./A-Za-z0-9]{86}$"
        + @"|^\$sha1\$\d+\$[^$]+\$[./A-Za-z0-9]{28}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex HashPattern();

    [GeneratedRegex(@"^\{(ARGON2(I|ID)?|PBKDF2|CRYPT|S?SHA(256|512)?|MD5)\}[$./+=A-Za-z0-9,_-]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SchemePattern();
}
