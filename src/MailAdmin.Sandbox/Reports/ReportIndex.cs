using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Reports;

/// <summary>What a query finds in a received report from 0.16 on.</summary>
internal sealed class ReportIndex
{
    private readonly HashSet<string> _words;

    private ReportIndex(IEnumerable<string?> texts, long successes, long failures)
    {
        _words = [.. texts.OfType<string>().SelectMany(ObjectIndex.WordsOf)];
        Successes = successes;
        Failures = failures;
    }

    /// <summary>Not what the name promises: a record or a policy counts once at most, and so on.</summary>
    public long Successes { get; }

    public long Failures { get; }

    public static ReportIndex Of(string kind, string from, JsonObject report)
    {
        switch (kind)
        {
            case "dmarc":
                JsonObject[] records = Items(report["records"]);
                return new ReportIndex(
                    [Text(report["email"]), Text(report["policyDomain"]), .. records.SelectMany(TextsOfRecord), from],
                    records.Count(record => Text(record["evaluatedDisposition"]) == "pass" && record["count"]!.GetValue<uint>() > 0),
                    records.Count(record => Text(record["evaluatedDisposition"]) != "pass" && record["count"]!.GetValue<uint>() > 0));
            case "tls":
                JsonObject[] policies = Items(report["policies"]);
                return new ReportIndex(
                    [.. policies.SelectMany(TextsOfPolicy), from],
                    policies.Count(policy => policy["totalSuccessfulSessions"]!.GetValue<uint>() > 0),
                    policies.Count(policy => policy["totalFailedSessions"]!.GetValue<uint>() > 0));
            default:
                string?[] texts = [Text(report["dkimDomain"]), Text(report["reportingMta"]), Text(report["originalMailFrom"]), Text(report["originalRcptTo"])];
                return new ReportIndex([.. Names(report["reportedDomains"]), .. texts, from], report["incidents"]!.GetValue<uint>(), 0);
        }
    }

    public bool HasWord(string word) => _words.Contains(word);

    private static IEnumerable<string?> TextsOfRecord(JsonObject record) =>
    [
        Text(record["envelopeTo"]), Text(record["envelopeFrom"]), Text(record["headerFrom"]),
        .. Items(record["dkimResults"]).Concat(Items(record["spfResults"])).Select(result => Text(result["domain"])),
    ];

    private static IEnumerable<string?> TextsOfPolicy(JsonObject policy) =>
    [
        Text(policy["policyDomain"]),
        .. Names(policy["mxHosts"]),
        .. Items(policy["failureDetails"]).SelectMany(failure => new[] { Text(failure["receivingMxHostname"]), Text(failure["receivingMxHelo"]) }),
    ];

    private static JsonObject[] Items(JsonNode? list) => [.. list!.AsObject().Select(item => item.Value!.AsObject())];

    private static IEnumerable<string> Names(JsonNode? set) => set!.AsObject().Select(item => item.Key);

    private static string? Text(JsonNode? value) => value?.GetValue<string>();
}
