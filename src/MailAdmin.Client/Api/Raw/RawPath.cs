using System.Text;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Api.Raw;

/// <summary>A path that a person wrote, held to stay under /api.</summary>
internal sealed record RawPath(string PathAndQuery, string DisplayPath, Idempotency Idempotency)
{
    // These answer GET and change the server all the same.
    private static readonly string[] s_mutatingGetPaths = ["/reload", "/update", "/restart", "/store/purge", "/store/reindex", "/spam-filter/train"];
    private const string ApiPrefix = "/api/";
    private const string AllowedCharacters = "-._~!$&'()*+,;=:@/?%";

    public static RawPath Parse(HttpMethod method, string text)
    {
        string path = text.Trim();
        if (path.Contains("://", StringComparison.Ordinal) && !path.Contains('?', StringComparison.Ordinal))
        {
            throw CreateRefusal("Give the path under /api alone, such as 'principal?limit=5': the call goes to the connection's server and no other.");
        }
        if (path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal))
        {
            throw CreateRefusal("The path must not hold '\\', '#' or a '//' in front. What stands in it is to be percent-encoded.");
        }
        path = path.StartsWith(ApiPrefix, StringComparison.Ordinal) ? path[(ApiPrefix.Length - 1)..] : "/" + path.TrimStart('/');
        string shown = path.Split('?')[0];
        if (shown.Split('/').Any(IsDotSegment) || shown.Contains("://", StringComparison.Ordinal))
        {
            throw CreateRefusal("The path must stay under /api: '..' and '.' are refused.");
        }
        return new RawPath(Encode(path), shown, GetIdempotency(method, shown));
    }

    private static bool IsDotSegment(string element) => Uri.UnescapeDataString(element) is "." or "..";

    private static Idempotency GetIdempotency(HttpMethod method, string path)
    {
        bool reads = method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options;
        string plain = Uri.UnescapeDataString(path);
        return reads && !s_mutatingGetPaths.Any(change => plain.StartsWith(change, StringComparison.OrdinalIgnoreCase))
            ? Idempotency.Idempotent
            : Idempotency.NotIdempotent;
    }

    // What no address can hold as it is; all else is taken to be as it should be.
    private static string Encode(string path)
    {
        if (path.All(c => char.IsAsciiLetterOrDigit(c) || AllowedCharacters.Contains(c, StringComparison.Ordinal)))
        {
            return path;
        }
        var text = new StringBuilder(path.Length + 16);
        foreach (Rune rune in path.EnumerateRunes())
        {
            bool plain = rune.IsAscii && (Rune.IsLetterOrDigit(rune) || AllowedCharacters.Contains((char)rune.Value, StringComparison.Ordinal));
            text.Append(plain ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }
        return text.ToString();
    }

    private static MailServerException CreateRefusal(string message) => new(MailErrorCode.RefusedByClient, "/api", message) { Field = "path" };
}
