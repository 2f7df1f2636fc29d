namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>How a password is hashed here before it is sent; the server verifies all of them.</summary>
public enum PasswordHashAlgorithm
{
    /// <summary>SHA-512-crypt (<c>$6$</c>), 5,000 rounds: what the server's own console sends.</summary>
    Sha512Crypt,
    /// <summary>SHA-256-crypt (<c>$5$</c>).</summary>
    Sha256Crypt,
    /// <summary>bcrypt (<c>$2b$</c>).</summary>
    Bcrypt,
    /// <summary>Argon2id (<c>$argon2id$</c>).</summary>
    Argon2id,
    /// <summary>PBKDF2 with SHA-256 (<c>$pbkdf2-sha256$</c>).</summary>
    Pbkdf2,
    /// <summary>Not hashed: the server stores the password as it is and shows it to every administrator.</summary>
    None,
}
