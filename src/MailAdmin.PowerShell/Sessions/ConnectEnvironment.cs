// What Connect-MailServer takes from the environment: for scripts, containers and CI.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Sessions;

/// <summary>STALWART_URL, STALWART_USER, STALWART_PASSWORD(_FILE), STALWART_TOKEN(_FILE).</summary>
internal static class ConnectEnvironment
{
    public static string? Url => Value("STALWART_URL");

    /// <summary>The credential of the environment: a token goes before login and password; null without either.</summary>
    public static MailCredential? Credential(Func<CancellationToken, ValueTask<string?>> totpCode)
    {
        if (Secret("STALWART_TOKEN") is { } token)
        {
            return token.StartsWith("api_", StringComparison.Ordinal) ? MailCredential.ApiKey(token) : MailCredential.Token(token);
        }
        return Value("STALWART_USER") is { } user && Secret("STALWART_PASSWORD") is { } password
            ? MailCredential.Password(user, password, totpCode)
            : null;
    }

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    // A file ends with a line break that is no part of the secret.
    private static string? Secret(string name)
        => Value(name) ?? (Value(name + "_FILE") is { } path ? File.ReadAllText(path).TrimEnd('\r', '\n') : null);
}
