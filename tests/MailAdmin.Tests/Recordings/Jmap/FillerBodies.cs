using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Bodies that were too long to be recorded: <c>&lt;N bytes&gt;</c> stands for them.</summary>
internal static partial class FillerBodies
{
    /// <summary>What a request adds around the text of its one call.</summary>
    private const int Frame = 102;

    /// <summary>The body in the place of a filler; null where it is none.</summary>
    public static string? Find(string body, string note) => FillerPattern().Match(body) is { Success: true } match
        ? Create(note, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    public static bool IsFiller(string body) => FillerPattern().IsMatch(body);

    private static string Create(string note, int length) => note switch
    {
        "300,000 letters that shrink well" => Describe(new string('x', 300_000)),
        "an object too big" => Describe(IncompressibleText(460_000)),
        "500 lists: as many as one call takes" => Request("x:MailingList/set", $$"""{"create":{ {{string.Join(',', Enumerable.Range(0, 500).Select(List))}} } }"""),
        _ => Request("Core/echo", $$"""{"x":"{{new string('x', length - Frame)}}"}"""),
    };

    private static string Describe(string description) => Request("x:Domain/set", $$"""{"update":{"c":{"description":"{{description}}"} } }""");

    private static string List(int number) => $$"""
        "m{{number:D3}}":{"name":"many{{number:D3}}","domainId":"b"}
        """;

    private static string Request(string method, string arguments) =>
        $$"""{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[["{{method}}",{{arguments}},"0"]]}""";

    private static string IncompressibleText(int length)
    {
        byte[] bytes = new byte[length / 2];
        new Random(1).NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    [GeneratedRegex(@"^<(\d+) bytes>$")]
    private static partial Regex FillerPattern();
}
