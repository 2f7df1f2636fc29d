namespace MailAdmin.Sandbox.SignIn;

/// <summary>What a client can ask to be allowed.</summary>
internal static class Scopes
{
    public static IReadOnlyList<string> Known { get; } =
        ["openid", "offline_access", "urn:ietf:params:oauth:scope:mail", "urn:ietf:params:oauth:scope:contacts", "urn:ietf:params:oauth:scope:calendars"];

    /// <summary>What of a request is known and registered; null for nothing.</summary>
    public static string? Grant(string? requested, IReadOnlyCollection<string> registered)
    {
        string granted = string.Join(' ', Split(requested).Where(scope => registered.Contains(scope) && Known.Contains(scope)));
        return granted.Length == 0 ? null : granted;
    }

    public static string[] Split(string? scopes) => (scopes ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
