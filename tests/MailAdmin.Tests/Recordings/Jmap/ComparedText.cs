using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>A text with what changes from run to run taken out: dates in names, keys, hashes, the order of TLSA lines.</summary>
internal static partial class ComparedText
{
    public static bool AreEquivalent(string recorded, string live) => Normalize(recorded) == Normalize(live) || (IsCertificate(recorded) && IsCertificate(live));

    /// <summary>A message as text, without the headers that the server adds to each copy.</summary>
    public static bool IsMessage(string text) => text.StartsWith("From:", StringComparison.Ordinal)
        || text.StartsWith("Received:", StringComparison.Ordinal) || text.StartsWith("Authentication", StringComparison.Ordinal);

    public static bool AreEquivalentMessages(string recorded, string live) => MessageLines(recorded).SequenceEqual(MessageLines(live));

    /// <summary>A sentence for people, which only its presence matters of.</summary>
    public static bool IsSentence(string text) => text.Contains(' ', StringComparison.Ordinal) || text.Contains('…', StringComparison.Ordinal);

    /// <summary>What a secret begins with, such as <c>API_</c> or <c>swc1.</c>.</summary>
    public static string? GetSecretPrefix(string secret) => SecretPrefix().Match(secret) is { Success: true } match ? match.Value : null;

    private static bool IsCertificate(string text) => text.Contains("-----BEGIN CERTIFICATE", StringComparison.Ordinal);

    private static IEnumerable<string> MessageLines(string text) => FoldedLine().Replace(text, " ").ReplaceLineEndings("\n").Split('\n')
        .Where(line => !AddedHeader().IsMatch(line));

    private static string Normalize(string text)
    {
        string dated = Date().Replace(text, "DATE");
        string joined = LongText().Replace(dated, match => '"' + string.Concat(QuotedPart().Matches(match.Value).Select(part => part.Groups[1].Value)) + '"');
        string keyless = Key().Replace(joined, "p=KEY");
        string[] lines = TlsaHash().Replace(keyless, "$1 HASH").Split('\n');
        return string.Join('\n', [.. lines.Where(line => !IsTlsa(line)), .. lines.Where(IsTlsa).Order(StringComparer.Ordinal)]);
    }

    private static bool IsTlsa(string line) => line.Contains(" TLSA ", StringComparison.Ordinal);

    [GeneratedRegex(@"\b20\d{6}\b")]
    private static partial Regex Date();

    [GeneratedRegex("""\(\s*("[^"]*"\s*)+\)""")]
    private static partial Regex LongText();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex QuotedPart();

    [GeneratedRegex("p=[A-Za-z0-9+/=]{20,}")]
    private static partial Regex Key();

    [GeneratedRegex(@"(TLSA \d \d \d) [0-9a-f]+")]
    private static partial Regex TlsaHash();

    [GeneratedRegex(@"\r?\n[ \t]+")]
    private static partial Regex FoldedLine();

    [GeneratedRegex("^(Received:|Message-ID:|DKIM-|Authentication-Results)")]
    private static partial Regex AddedHeader();

    [GeneratedRegex(@"^\w{3,4}[_.]")]
    private static partial Regex SecretPrefix();
}
