using MailAdmin.Client;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>
/// What Connect-MailServer takes from the environment, for scripts, containers and CI: STALWART_URL, STALWART_USER, STALWART_PASSWORD(_FILE),
/// STALWART_TOKEN(_FILE).
/// </summary>
internal static class ConnectEnvironment
{
    public static string? Url => GetValue("STALWART_URL");

    /// <summary>The credential of the environment: a token takes precedence over login and password; null without either.</summary>
    /// <param name="totpCode">Asks for the code of an authenticator app.</param>
    /// <param name="resolvePath">Makes a path full, as the session's folder is not that of the process.</param>
    public static MailCredential? GetCredential(Func<CancellationToken, ValueTask<string?>> totpCode, Func<string, string> resolvePath)
    {
        if (GetSecret("STALWART_TOKEN", resolvePath) is { } token)
        {
            return token.StartsWith("api_", StringComparison.OrdinalIgnoreCase) ? MailCredential.FromApiKey(token) : MailCredential.FromToken(token);
        }
        return GetValue("STALWART_USER") is { } user && GetSecret("STALWART_PASSWORD", resolvePath) is { } password
            ? MailCredential.FromPassword(user, password, totpCode)
            : null;
    }

    private static string? GetValue(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    // A file ends with a line break that is not part of the secret.
    private static string? GetSecret(string name, Func<string, string> resolvePath)
        => GetValue(name) ?? (GetValue(name + "_FILE") is { } path ? File.ReadAllText(resolvePath(path)).TrimEnd('\r', '\n') : null);
}
