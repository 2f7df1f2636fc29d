namespace MailAdmin.Sandbox.Authentication;

/// <summary>What a login's secret turned out to be.</summary>
internal enum SecretVerdict
{
    /// <summary>None of the account's.</summary>
    Wrong,

    /// <summary>One that lets the caller in.</summary>
    Right,

    /// <summary>A right password that needs a code beside it.</summary>
    TotpMissing,

    /// <summary>Not to be told: the account keeps a secret of an unknown form.</summary>
    Unreadable,
}
