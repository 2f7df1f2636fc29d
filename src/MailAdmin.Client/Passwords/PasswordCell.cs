using MailAdmin.Client.Passwords;

namespace MailAdmin.Client;

/// <summary>A password as it is in files: in plain text, or hashed, with or without the tags of Dovecot and LDAP.</summary>
public sealed class PasswordCell
{
    private PasswordCell(PasswordCellKind kind, string value, string scheme, string? problem = null)
    {
        Kind = kind;
        Value = value;
        Scheme = scheme;
        Problem = problem;
    }

    /// <summary>Plain text, a hash, or a hash that the server does not know.</summary>
    public PasswordCellKind Kind { get; }

    /// <summary>The password or the hash, without tags that the server does not need. Secret in either case.</summary>
    public string Value { get; }

    /// <summary>The scheme of a hash, the tag of an unsupported one, or <c>PlainText</c>.</summary>
    public string Scheme { get; }

    /// <summary>Whether an unsupported one may as well be a password that a program made of random bytes.</summary>
    public bool MayBeGenerated => Kind == PasswordCellKind.Unsupported && HashLookalike.MayBeGenerated(Value);

    /// <summary>Why an unsupported one is not taken, and what to do; null for the other kinds. Never the secret.</summary>
    public string? Problem { get; }

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">Not empty.</param>
    public static PasswordCell Parse(string cell)
    {
        ArgumentException.ThrowIfNullOrEmpty(cell);
        // A password may begin or end with a space, a hash does not.
        string text = cell.Trim();
        if (PasswordSchemes.Detect(text) is { } scheme)
        {
            return new PasswordCell(PasswordCellKind.Hash, StripTag(text), scheme);
        }

        if (EncodedHash.Decode(text) is { } decoded)
        {
            return Parse(decoded);
        }

        if (IsLocked(text))
        {
            return new PasswordCell(PasswordCellKind.Unsupported, cell, "locked",
                "The hash is locked with a mark before it: the account must not sign in. Remove the mark and write Enabled = False, or leave the password empty; if it is a password all the same, write {PLAIN} before it.");
        }

        // A blank before a tag is one too many; before anything else it may be the password's.
        string tagged = text is ['{', ..] ? text : cell;
        int close = tagged is ['{', ..] ? tagged.IndexOf('}', StringComparison.Ordinal) : -1;
        return close < 0
            ? ParseUntagged(cell)
            : ParseTagged(cell, tagged[1..close].ToUpperInvariant(), tagged[(close + 1)..]);
    }

    /// <summary>Why a text is what programs write in the place of a password, and not one; null if it may be one.</summary>
    /// <param name="text">Not empty.</param>
    public static string? GetPlaceholderError(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return PasswordPlaceholder.Describe(text.Trim());
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => $"{Kind} ({Scheme})";

    // As passwd -l and directories do: no password has this hash.
    private static bool IsLocked(string text)
    {
        string hash = text.TrimStart('!', '*');
        return hash.Length > 0 && hash.Length < text.Length
            && (PasswordSchemes.Detect(hash) is not null || HasForeignTag(hash));
    }

    private static PasswordCell ParseTagged(string cell, string tag, string rest)
    {
        switch (tag)
        {
            // The last one is Spring's.
            case "PLAIN" or "CLEAR" or "CLEARTEXT" or "NOOP" when rest.Length > 0:
                return new PasswordCell(PasswordCellKind.ClearText, rest, PasswordSchemes.PlainText);
            case "DES-CRYPT" when PasswordSchemes.IsDesCrypt(rest):
                return new PasswordCell(PasswordCellKind.Hash, "{CRYPT}" + rest, "DES-Crypt");
            case "SHA512-CRYPT" or "SHA256-CRYPT" or "MD5-CRYPT" or "BLF-CRYPT" or "CRYPT" or "ARGON2I" or "ARGON2ID"
                when rest.StartsWith('$') && PasswordSchemes.Detect(rest) is { } scheme:
                return new PasswordCell(PasswordCellKind.Hash, rest, scheme);
            default:
                return IsForeignTag(tag)
                    ? new PasswordCell(PasswordCellKind.Unsupported, cell, tag, $"The server cannot verify hashes of the scheme {tag}, or the hash is incomplete.")
                    : ParseUntagged(cell);
        }
    }

    private static PasswordCell ParseUntagged(string cell) => HashLookalike.Describe(cell) is { } form
        ? new PasswordCell(PasswordCellKind.Unsupported, cell, form,
            $"This looks like {form}, and the server cannot verify it: the account could not sign in. Give a whole hash or a password; if it is a password all the same, write {{PLAIN}} before it.")
        : new PasswordCell(PasswordCellKind.ClearText, cell, PasswordSchemes.PlainText);

    /// <summary><c>{CRYPT}$6$…</c> needs no tag; <c>{SSHA}…</c> and traditional DES do.</summary>
    private static string StripTag(string cell)
    {
        int close = cell.IndexOf('}', StringComparison.Ordinal);
        return cell[0] == '{' && cell.AsSpan(close + 1) is ['$', ..] ? cell[(close + 1)..] : cell;
    }

    /// <summary>Whether a text begins with such a tag.</summary>
    internal static bool HasForeignTag(string text) => text is ['{', ..] && text.IndexOf('}', StringComparison.Ordinal) is > 0 and var close && IsForeignTag(text[1..close].ToUpperInvariant());

    /// <summary>Tags of Dovecot and LDAP. What follows such a tag is never a password, even if the server cannot use it.</summary>
    private static bool IsForeignTag(string tag)
    {
        int suffix = tag.IndexOf('.', StringComparison.Ordinal);
        return (suffix < 0 ? tag : tag[..suffix]) is
            "PLAIN" or "CLEAR" or "CLEARTEXT"
            or "SHA512-CRYPT" or "SHA256-CRYPT" or "MD5-CRYPT" or "BLF-CRYPT" or "DES-CRYPT" or "CRYPT"
            or "ARGON2" or "ARGON2I" or "ARGON2ID" or "PBKDF2"
            or "SHA" or "SHA1" or "SSHA" or "SHA256" or "SSHA256" or "SHA512" or "SSHA512"
            or "SHA224" or "SHA384" or "SSHA224" or "SSHA384" or "PBKDF2-SHA1" or "PBKDF2-SHA256" or "PBKDF2-SHA512" or "PBKDF2_SHA256" or "X-PBKDF2"
            or "BCRYPT" or "SCRYPT" or "ARGON2D" or "SASL" or "NT" or "NTHASH" or "X-NTHASH" or "KERBEROS" or "CRYPT-MD5" or "CRYPT-SHA512" or "SM3" or "SSM3"
            or "MD5" or "SMD5" or "PLAIN-MD5" or "LDAP-MD5" or "PLAIN-MD4" or "CRAM-MD5" or "HMAC-MD5" or "DIGEST-MD5"
            or "LANMAN" or "NTLM" or "RPA" or "OTP" or "SKEY" or "SCRAM-SHA-1" or "SCRAM-SHA-256";
    }
}
