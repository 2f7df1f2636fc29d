namespace MailAdmin.Sandbox.Authentication;

/// <summary>The result of verifying the secret of a login.</summary>
internal enum SecretVerificationResult
{
    /// <summary>It matches no secret of the account.</summary>
    Invalid,

    /// <summary>It is correct.</summary>
    Valid,

    /// <summary>The password is correct, but a TOTP code is required.</summary>
    TotpMissing,

    /// <summary>Undecidable: the account has a secret in an unknown format.</summary>
    Unreadable,
}
