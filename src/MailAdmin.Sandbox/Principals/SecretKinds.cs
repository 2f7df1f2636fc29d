namespace MailAdmin.Sandbox.Principals;

/// <summary>Distinguishes passwords, app passwords and TOTP secrets, which are in one list.</summary>
internal static class SecretKinds
{
    public const string AppPrefix = "$app$";
    public const string TotpPrefix = "otpauth://";

    public static bool IsTotp(string secret) => secret.StartsWith(TotpPrefix, StringComparison.Ordinal);

    public static bool IsAppPassword(string secret) => secret.StartsWith(AppPrefix, StringComparison.Ordinal);

    /// <summary>The parts of an app password; null for any other secret.</summary>
    public static (string Name, string Hash)? SplitAppPassword(string secret) =>
        IsAppPassword(secret) && secret[AppPrefix.Length..].Split('$', 2) is [var name, var hash] ? (name, hash) : null;

    public static bool IsPassword(string secret) => !IsTotp(secret) && !IsAppPassword(secret);
}
