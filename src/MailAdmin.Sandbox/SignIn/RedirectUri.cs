using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Where a client wants to be sent a code.</summary>
internal static partial class RedirectUri
{
    /// <summary>Whether one that was sent is one that was registered. On loopback any port will do.</summary>
    public static bool Matches(string registered, string sent) =>
        registered == sent || (FindLoopbackTarget(registered) is { } target && target == FindLoopbackTarget(sent));

    /// <summary>Why a client cannot register it; null where it can.</summary>
    public static string? FindFault(string uri) => uri switch
    {
        _ when uri.Contains('#', StringComparison.Ordinal) => "A redirect URI has no fragment.",
        _ when uri.Contains("..", StringComparison.Ordinal) => "A redirect URI has no two dots in a row.",
        _ when uri.StartsWith("https://", StringComparison.Ordinal) || FindLoopbackTarget(uri) is not null || PrivateScheme().IsMatch(uri) => null,
        _ => "A redirect URI is of https, of a loopback address, or of a private scheme.",
    };

    /// <summary>Host and path of a loopback address; null for any other.</summary>
    private static string? FindLoopbackTarget(string uri) => Loopback().Match(uri) is { Success: true } match ? match.Groups[1].Value + match.Groups[2].Value : null;

    [GeneratedRegex(@"^http://(127\.0\.0\.1|\[::1\])(?::\d+)?(/.*)$", RegexOptions.Singleline)]
    private static partial Regex Loopback();

    [GeneratedRegex(@"^[A-Za-z](?=[^:]*\.)[A-Za-z0-9.+-]*:")]
    private static partial Regex PrivateScheme();
}
