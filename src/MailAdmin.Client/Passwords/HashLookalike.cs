using System.Text.RegularExpressions;

namespace MailAdmin.Client.Passwords;

/// <summary>
/// Recognises what was a password hash somewhere, and is none that the server verifies: cut off, in quotation marks, of another system. Hashed once
/// more as if it were the password, it would lock the account out silently.
/// </summary>
internal static partial class HashLookalike
{
    /// <summary>What the text looks like; null for a password.</summary>
    /// <param name="cell">Not a hash of <see cref="PasswordSchemes"/>.</param>
    public static string? Describe(string cell)
    {
        string text = cell.Trim();
        string bare = text.Trim('"', '\'', '“', '”', '’', '‘', '`');
        if (bare.Length < text.Length && (PasswordSchemes.Detect(bare) is not null || Describe(bare) is not null || PasswordCell.HasForeignTag(bare)))
        {
            return "a hash in quotation marks";
        }

        return text switch
        {
            _ when EncodedHash.IsHexValue(text) => "a value in hexadecimal digits (X'…')",
            _ when HexDigest().IsMatch(text) => "a digest in hexadecimal digits (MD5, NTLM, SHA)",
            _ when PostgresDigest().IsMatch(text) => "a digest of PostgreSQL (MD5)",
            _ when IdentityHash().IsMatch(text) => "a hash of ASP.NET Identity",
            _ when Base64Digest().IsMatch(text) => "a digest in base64",
            _ when ModularStart().IsMatch(text) => "a hash that is cut off or of a scheme that the server does not know",
            _ when CryptEnd().IsMatch(text) => "a hash whose beginning is missing or changed",
            _ when ForeignForm().IsMatch(text) => "a hash of another system",
            _ when LockMark().IsMatch(text) => "the mark of a locked account",
            _ => null,
        };
    }

    /// <summary>Whether what looks like a digest may as well be a password that a program made of random bytes: nothing but the digits of one.</summary>
    public static bool MayBeGenerated(string text) => text.All(char.IsAsciiHexDigit) || Base64Digest().IsMatch(text);

    [GeneratedRegex(@"^\*?(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})(?::[0-9a-f]{32})?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex HexDigest();

    [GeneratedRegex(@"^md5[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PostgresDigest();

    // Version 3 begins with the bytes 1, 0, 0, 0 and version 2 with a 0.
    [GeneratedRegex(@"^(?:AQAAAA[A-Za-z0-9+/]{60,}={0,2}|A[A-P][A-Za-z0-9+/]{64}==)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentityHash();

    // 16, 20, 32, 48 and 64 bytes; the padding tells them from words.
    [GeneratedRegex(@"^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Base64Digest();

    // The names between dollar signs that crypt, passlib, phpass, Cisco and Drupal use; "$2024Summer$" is none.
    [GeneratedRegex(@"^!?\$(?:1|2|2[abxy]|3|5|6|7|8|9|14|y|gy|md5|sm3|sha1|apr1|P|H|S|argon2(?:id|i|d)|pbkdf2(?:[-_]sha[0-9]{1,3})?|scrypt|bcrypt(?:-sha256)?|SHA|B)\$", RegexOptions.CultureInvariant)]
    private static partial Regex ModularStart();

    // A digest of crypt after the last dollar sign or in the place of bcrypt's; a shell replaces "$6" and "$2b" by nothing.
    [GeneratedRegex(@"^\S*[$][./0-9A-Za-z]{0,16}\$?(?:[./0-9A-Za-z]{86}|[./0-9A-Za-z]{53}|[./0-9A-Za-z]{43})\S?\z", RegexOptions.CultureInvariant)]
    private static partial Regex CryptEnd();

    [GeneratedRegex(@"^(?:(?:pbkdf2_sha(?:1|256|512)|bcrypt(?:_sha256)?|sha1|sha256|sha512|md5|argon2|scrypt)\$.+\$.+|(?:pbkdf2|scrypt|sha1|sha256|sha512|md5|ssha|bcrypt|pwdhash):\S{16,}|SCRAM-SHA-(?:1|256)\$\S+|SHA(?:1|256|512)?:\S{20,})\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ForeignForm();

    [GeneratedRegex(@"^(?:!{1,2}|!\*|\*LK\*|\*NP\*|NP|!\$\S+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex LockMark();
}
