using System.Text.RegularExpressions;

namespace MailAdmin.Client.Passwords;

/// <summary>
/// Recognises password hashes that the server verifies (docs/api.md §3.4). Only whole-pattern matches count: a password
/// that merely begins like a hash is a password.
/// </summary>
internal static partial class PasswordSchemes
{
    /// <summary>What <see cref="GetName"/> returns for anything that is not a hash.</summary>
    public const string PlainText = "PlainText";

    /// <summary>The scheme of a stored secret, or <see cref="PlainText"/>.</summary>
    /// <param name="secret">One entry of <c>secrets</c>.</param>
    public static string GetName(string secret) => Detect(secret) ?? PlainText;

    /// <summary>The scheme of a hash (SHA512-Crypt, Bcrypt, Argon2, …), or null if it is not one.</summary>
    /// <param name="secret">One entry of <c>secrets</c>.</param>
    public static string? Detect(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret switch
        {
            ['$', ..] => DetectModular(secret),
            ['_', ..] => Bsdi().IsMatch(secret) ? "BSDi-Crypt" : null,
            ['{', ..] => DetectTagged(secret),
            _ => null,
        };
    }

    private static string? DetectModular(string secret) => secret switch
    {
        _ when Sha512Crypt().IsMatch(secret) => "SHA512-Crypt",
        _ when Bcrypt().IsMatch(secret) => "Bcrypt",
        _ when Argon2().IsMatch(secret) => "Argon2",
        _ when Pbkdf2().IsMatch(secret) => "PBKDF2",
        _ when Scrypt().IsMatch(secret) => "Scrypt",
        _ when Sha256Crypt().IsMatch(secret) => "SHA256-Crypt",
        _ when Sha1Crypt().IsMatch(secret) => "SHA1-Crypt",
        _ when Md5Crypt().IsMatch(secret) => "MD5-Crypt",
        _ => null,
    };

    /// <summary>The tags that the server itself knows; their digests must have the right length.</summary>
    private static string? DetectTagged(string secret)
    {
        int close = secret.IndexOf('}', StringComparison.Ordinal);
        if (close < 0)
        {
            return null;
        }

        string tag = secret[1..close], rest = secret[(close + 1)..];
        return tag switch
        {
            "SHA" => IsDigest(rest, 20, salted: false) ? tag : null,
            "SSHA" => IsDigest(rest, 20, salted: true) ? tag : null,
            "SHA256" => IsDigest(rest, 32, salted: false) ? tag : null,
            "SSHA256" => IsDigest(rest, 32, salted: true) ? tag : null,
            "SHA512" => IsDigest(rest, 64, salted: false) ? tag : null,
            "SSHA512" => IsDigest(rest, 64, salted: true) ? tag : null,
            "MD5" => IsDigest(rest, 16, salted: false) ? tag : null,
            "CRYPT" or "crypt" => Des().IsMatch(rest) ? "DES-Crypt" : DetectModular(rest),
            "ARGON2" or "ARGON2I" or "ARGON2ID" or "PBKDF2" => DetectModular(rest),
            _ => null,
        };
    }

    private static bool IsDigest(string text, int length, bool salted)
    {
        Span<byte> bytes = stackalloc byte[256];
        return text.Length <= 256
            && Convert.TryFromBase64String(text, bytes, out int written)
            && (salted ? written > length : written == length);
    }

    internal static bool IsDesCrypt(string text) => Des().IsMatch(text);

    [GeneratedRegex(@"^\$6\$(rounds=[0-9]{1,9}\$)?[^$:\s]{0,16}\$[./0-9A-Za-z]{86}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha512Crypt();

    [GeneratedRegex(@"^\$5\$(rounds=[0-9]{1,9}\$)?[^$:\s]{0,16}\$[./0-9A-Za-z]{43}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256Crypt();

    [GeneratedRegex(@"^\$1\$[^$:\s]{0,8}\$[./0-9A-Za-z]{22}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Md5Crypt();

    [GeneratedRegex(@"^\$2[abxy]?\$[0-3][0-9]\$[./0-9A-Za-z]{53}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bcrypt();

    [GeneratedRegex(@"^\$argon2(id|i|d)\$(v=[0-9]{1,3}\$)?m=[0-9]{1,10},t=[0-9]{1,10},p=[0-9]{1,8}(,[a-z]+=[A-Za-z0-9+/]+)*\$[A-Za-z0-9+/.\-]{4,64}\$[A-Za-z0-9+/]{14,86}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Argon2();

    [GeneratedRegex(@"^\$pbkdf2(-sha(1|256|512))?\$(i=[0-9]{1,10}(,l=[0-9]{1,3})?\$)?[A-Za-z0-9+/.\-]{4,64}\$[A-Za-z0-9+/]{14,86}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pbkdf2();

    [GeneratedRegex(@"^\$scrypt\$(ln=[0-9]{1,2},r=[0-9]{1,8},p=[0-9]{1,8}\$)?[A-Za-z0-9+/.\-]{4,64}\$[A-Za-z0-9+/]{14,86}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scrypt();

    [GeneratedRegex(@"^\$sha1\$[0-9]{1,10}\$[./0-9A-Za-z]{1,64}\$[./0-9A-Za-z]{28}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha1Crypt();

    [GeneratedRegex(@"^_[./0-9A-Za-z]{19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bsdi();

    [GeneratedRegex(@"^[./0-9A-Za-z]{13}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Des();
}
