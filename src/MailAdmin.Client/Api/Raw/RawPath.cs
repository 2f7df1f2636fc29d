using System.Text;

namespace MailAdmin.Client.Api.Raw;

/// <summary>A path that a person wrote, held to stay under /api.</summary>
internal sealed record RawPath(string PathAndQuery, Operation Operation, Idempotency Idempotency, bool IsReadOnly, bool LosesData)
{
    private const string ApiPrefix = "/api/";
    private const string AllowedCharacters = "-._~!$&'()*+,;=:@/?%";

    public static RawPath Parse(HttpMethod method, string text)
    {
        string path = text.Trim();
        if (path.Contains("://", StringComparison.Ordinal) && !path.Contains('?', StringComparison.Ordinal))
        {
            throw CreateRefusal(method, "Give the path under /api alone, such as 'principal?limit=5': the call goes to the connection's server and no other.");
        }
        if (path.StartsWith("//", StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal))
        {
            throw CreateRefusal(method, "The path must not hold '\\', '#' or a '//' in front. What stands in it is to be percent-encoded.");
        }
        path = path.StartsWith(ApiPrefix, StringComparison.Ordinal) ? path[(ApiPrefix.Length - 1)..] : "/" + path.TrimStart('/');
        string shown = path.Split('?')[0];
        if (shown.Split('/').Any(IsDotSegment) || shown.Contains("://", StringComparison.Ordinal))
        {
            throw CreateRefusal(method, "The path must stay under /api: '..' and '.' are refused.");
        }
        Operation? known = Operations.Find(method.Method, "/api" + shown);
        Operation operation = known ?? CreateOperation(method, shown);
        return new RawPath(
            Encode(path),
            operation,
            GetIdempotency(method, known),
            IsReadOnly: Reads(method, known) || (method == HttpMethod.Get && known is null && !BeginsLikeOneThat(shown, like => like.ChangesServer)),
            LosesData: operation.LosesData || (method == HttpMethod.Get && known is null && BeginsLikeOneThat(shown, like => like.LosesData)));
    }

    /// <summary>Whether the table of operations has it.</summary>
    public bool IsListed => Operations.All.Contains(Operation);

    /// <summary>Whether it is that of the types of the server's objects, from 0.16 on.</summary>
    public bool IsOfSchema => Operation == Operations.FindSchema || Operation == Operations.GetSchema;

    /// <summary>What the server leaves out at the front of the keys of the settings that the call lists, with its dot; empty for all other calls.</summary>
    public string GetKeyPrefix()
    {
        if (Operation != Operations.ListSettings && Operation != Operations.ListSettingGroups)
        {
            return "";
        }
        string prefix = PathAndQuery.Split('?', 2) is [_, var query]
            ? query.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair is ["prefix", _]).Select(pair => Uri.UnescapeDataString(pair[1])).LastOrDefault() ?? ""
            : "";
        return prefix.Length == 0 || prefix.EndsWith('.') ? prefix : prefix + ".";
    }

    private static bool IsDotSegment(string element) => Uri.UnescapeDataString(element) is "." or "..";

    // The body is the caller's, and some GETs change the server: only a GET that is known to read is sent twice.
    private static Idempotency GetIdempotency(HttpMethod method, Operation? known) => Reads(method, known) ? Idempotency.Idempotent : Idempotency.NotIdempotent;

    private static bool Reads(HttpMethod method, Operation? known) =>
        method == HttpMethod.Head || method == HttpMethod.Options || (method == HttpMethod.Get && known?.Idempotency == Idempotency.Idempotent);

    // A server may have operations that the table has not, and one of the table may be written in another way: it may do what a GET that begins like it does.
    private static bool BeginsLikeOneThat(string path, Func<Operation, bool> acts)
    {
        string first = Uri.UnescapeDataString(path).Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return Operations.All.Any(operation => operation.Method == HttpMethod.Get
            && acts(operation)
            && string.Equals(operation.Template.Split('/')[1], first, StringComparison.OrdinalIgnoreCase));
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

    private static Operation CreateOperation(HttpMethod method, string path) => new(method, path, Idempotency.NotIdempotent, "what the caller says");

    private static MailServerException CreateRefusal(HttpMethod method, string message) =>
        new(MailErrorCode.RejectedByClient, CreateOperation(method, "/api"), message) { Field = "path" };
}
