namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// The steps of a PATCH that replace the password. A new password must leave no old one valid, and must keep one-time codes and app
/// passwords. How, depends on the server's version (docs/api.md §6.1, §9).
/// </summary>
internal static class PasswordPatch
{
    /// <summary>Whether the steps must name the passwords that are there: the version is not known.</summary>
    public static bool RequiresStoredSecrets(ServerDialect dialect) => dialect.HasSinglePassword is null;

    /// <summary>The steps, in order.</summary>
    /// <param name="dialect">What the server's version does.</param>
    /// <param name="hash">The new password.</param>
    /// <param name="held">The secrets that are there, where the version is unknown.</param>
    public static IEnumerable<PrincipalChange> CreateChanges(ServerDialect dialect, string hash, IReadOnlyList<string> held)
    {
        var add = PrincipalChange.Add(PrincipalField.Secrets, hash);
        return dialect.HasSinglePassword switch
        {
            null => [.. held.Where(IsPassword).Select(secret => PrincipalChange.Remove(PrincipalField.Secrets, secret)), add],
            true => [add],
            false => [PrincipalChange.Remove(PrincipalField.Secrets, ""), add],
        };
    }

    /// <summary>Whether a secret is a password: no app password, no key of one-time codes, and not the empty one, which matches nothing.</summary>
    public static bool IsPassword(string secret) =>
        secret.Length > 0
        && !secret.StartsWith("$app$", StringComparison.Ordinal)
        && !secret.StartsWith("otpauth://", StringComparison.Ordinal);
}
