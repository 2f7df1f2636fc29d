using System.Collections.Specialized;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace MailAdmin.Client.Authentication;

/// <summary>What the browser brings back from the sign-in: a code, or why there is none. Its text form shows no code.</summary>
/// <param name="Code">The code; null where the sign-in was refused.</param>
/// <param name="Error">The word for what went wrong, such as <c>access_denied</c>; null with a code.</param>
/// <param name="ErrorDescription">A sentence about it, where there is one.</param>
internal sealed record AuthorizationResponse(string? Code, string? Error, string? ErrorDescription)
{
    // They are shown to a person, and whoever sends them decides on their length.
    private const int MaxErrorLength = 300;

    /// <summary>The answer to the sign-in with this state; null for anything else. Nothing may be given twice.</summary>
    public static AuthorizationResponse? Parse(string query, string state)
    {
        NameValueCollection members = HttpUtility.ParseQueryString(query);
        if (FindOnly(members, "state") is not { } given || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(state)))
        {
            return null;
        }
        return (FindOnly(members, "code"), FindOnly(members, "error")) switch
        {
            (null, { } error) => new AuthorizationResponse(null, Cut(error), Cut(FindOnly(members, "error_description"))),
            ({ } code, null) => new AuthorizationResponse(code, null, null),
            _ => null,
        };
    }

    public override string ToString() => nameof(AuthorizationResponse);

    private static string? FindOnly(NameValueCollection members, string name) => members.GetValues(name) is [{ Length: > 0 } value] ? value : null;

    private static string? Cut(string? text) => text?.Length > MaxErrorLength ? text[..MaxErrorLength] + "…" : text;
}
