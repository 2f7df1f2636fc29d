namespace MailAdmin.Sandbox.Principals;

/// <summary>Secrets from 0.14: one TOTP secret, one password, any number of app passwords, in this order.</summary>
internal static class SinglePasswordRules
{
    /// <summary>Of several secrets of a kind the first is kept.</summary>
    public static string[]? Normalize(string[]? secrets) => secrets is null ? null :
    [
        .. secrets.Where(SecretKinds.IsTotp).Take(1),
        .. secrets.Where(SecretKinds.IsPassword).Take(1),
        .. secrets.Where(SecretKinds.IsAppPassword).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>A new secret replaces the one of its kind.</summary>
    public static string[]? Add(string[] secrets, string added) => Normalize([added, .. secrets]);

    /// <summary>"" removes everything but the password.</summary>
    public static bool IsRemoved(string secret, string value) => value.Length == 0 ? !SecretKinds.IsPassword(secret) : secret == value;
}
