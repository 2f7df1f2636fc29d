namespace MailAdmin.Sandbox.Authentication;

/// <summary>What a login's secret turned out to be.</summary>
internal enum SecretVerificationResult
{
    /// <summary>None of the account's.</summary>
    Invalid,

    /// <summary>One that lets the caller in.</summary>
    Valid,

    /// <summary>A right password that needs a code beside it.</summary>
    TotpMissing,

    /// <summary>Not to be told: the account keeps a secret of an unknown form.</summary>
    Unreadable,
}
