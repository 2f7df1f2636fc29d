namespace MailAdmin.Sandbox.Principals;

/// <summary>Secrets where there is one of a kind, app passwords apart: the TOTP secret, the password, the app passwords.</summary>
internal static class SinglePasswordRules
{
    /// <summary>Of several given together the first of a kind is kept.</summary>
    public static string[]? Normalize(string[]? secrets) => secrets is null ? null :
    [
        .. secrets.Where(SecretKinds.IsTotp).Take(1),
        .. secrets.Where(SecretKinds.IsPassword).Take(1),
        .. secrets.Where(SecretKinds.IsAppPassword).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>A new one takes the place of the old one of its kind.</summary>
    public static string[]? Add(string[] secrets, string added) => Normalize([added, .. secrets]);

    /// <summary>"" removes everything but the password.</summary>
    public static bool IsRemoved(string secret, string value) => value.Length == 0 ? !SecretKinds.IsPassword(secret) : secret == value;
}
