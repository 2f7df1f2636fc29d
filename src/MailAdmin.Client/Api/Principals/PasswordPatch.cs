// A new password must leave no old one valid and cost neither TOTP nor app passwords. How, depends on the server's version (contract §6.1, §9).
namespace MailAdmin.Client.Api.Principals;

/// <summary>The steps of a PATCH that replace the password.</summary>
internal static class PasswordPatch
{
    // From here on a principal has one password: adding one replaces it, and removing "" would take TOTP and app passwords instead.
    private static readonly Version s_singlePasswordVersion = new(0, 14);

    /// <summary>Whether the steps must name the passwords that are there: the version is not known.</summary>
    public static bool RequiresStoredSecrets(Version? version) => version is null || version == new Version(0, 0);

    /// <summary>The steps, in order.</summary>
    /// <param name="version">The server's version; null = unknown.</param>
    /// <param name="hash">The new password.</param>
    /// <param name="held">The secrets that are there, where the version is unknown.</param>
    public static IEnumerable<PrincipalChange> CreateChanges(Version? version, string hash, IReadOnlyList<string> held)
    {
        var add = PrincipalChange.Add(PrincipalField.Secrets, hash);
        if (RequiresStoredSecrets(version))
        {
            return [.. held.Where(IsPassword).Select(secret => PrincipalChange.Remove(PrincipalField.Secrets, secret)), add];
        }
        return version >= s_singlePasswordVersion ? [add] : [PrincipalChange.Remove(PrincipalField.Secrets, ""), add];
    }

    // An empty one matches nothing; removing "" means another thing in each version.
    private static bool IsPassword(string secret) =>
        secret.Length > 0
        && !secret.StartsWith("$app$", StringComparison.Ordinal)
        && !secret.StartsWith("otpauth://", StringComparison.Ordinal);
}
