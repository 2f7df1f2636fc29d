namespace MailAdmin.Sandbox.Authentication;

/// <summary>What a login's secret turned out to be.</summary>
internal enum SecretVerdict
{
    Wrong,
    Right,
    TotpMissing,
}
