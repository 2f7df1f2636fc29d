using System.Text.RegularExpressions;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The URLs of an OAuth client: where it has people sent back after they have signed in. The server takes any text, and then nobody can sign in with the client.</summary>
internal static partial class RedirectUrls
{
    /// <summary>What is wrong with one; null if it is valid.</summary>
    public static string? GetError(string url) => Absolute().IsMatch(url) && Uri.TryCreate(url, UriKind.Absolute, out _)
        ? null
        : $"'{url}' is not a URL that a browser can be sent back to after the sign-in. Write it whole and without a fragment (#), such as https://app.example.org/callback.";

    /// <summary>Refuses those of an OAuth client that are none.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void Check(PrincipalType type, IEnumerable<string> urls, Operation operation)
    {
        if (type == PrincipalType.OauthClient && urls.Select(GetError).FirstOrDefault(error => error is not null) is { } problem)
        {
            throw MailServerException.CreateRefusal(operation, PrincipalField.Urls, problem);
        }
    }

    // Apps have schemes of their own.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Absolute();
}
