using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reads TLS reports (RFC 8460). Every key is written back, absent strings as null.</summary>
internal static class TlsReportParser
{
    private static readonly string[] s_policyTypes = ["tlsa", "sts", "no-policy-found"];

    private static readonly string[] s_resultTypes =
    [
        "starttls-not-supported", "certificate-host-mismatch", "certificate-expired", "certificate-not-trusted", "validation-failure", "tlsa-invalid",
        "dnssec-invalid", "dane-required", "sts-policy-fetch-error", "sts-policy-invalid", "sts-webpki-invalid",
    ];

    /// <summary>The report, or null if it is none.</summary>
    public static ParsedReport? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonObject root && root["date-range"] is JsonObject range ? Parse(root, range) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static ParsedReport Parse(JsonObject root, JsonObject range)
    {
        var searchTexts = new List<string> { GetLowerString(root["organization-name"]), GetLowerString(root["contact-info"]), GetString(root["report-id"]) ?? "" };
        var report = new JsonObject
        {
            ["organization-name"] = GetString(root["organization-name"]),
            ["date-range"] = new JsonObject { ["start-datetime"] = ParseTime(range["start-datetime"]), ["end-datetime"] = ParseTime(range["end-datetime"]) },
            ["contact-info"] = GetString(root["contact-info"]),
            ["report-id"] = GetString(root["report-id"]) ?? "",
            ["policies"] = new JsonArray([.. GetObjects(root["policies"]).Select(policy => ParsePolicy(policy, searchTexts))]),
        };
        return new ParsedReport("tls", report, searchTexts);
    }

    private static JsonObject ParsePolicy(JsonObject entry, List<string> searchTexts)
    {
        JsonObject policy = entry["policy"] as JsonObject ?? [];
        JsonObject summary = entry["summary"] as JsonObject ?? [];
        string[] strings = GetStrings(policy["policy-string"]);
        string[] hosts = GetStrings(policy["mx-host"]);
        searchTexts.Add(GetString(policy["policy-domain"]) ?? "");
        searchTexts.AddRange(strings.Concat(hosts).Select(text => text.ToLowerInvariant()));
        return new JsonObject
        {
            ["policy"] = new JsonObject
            {
                ["policy-type"] = ParseWord(policy["policy-type"], s_policyTypes),
                ["policy-string"] = new JsonArray([.. strings]),
                ["policy-domain"] = GetString(policy["policy-domain"]) ?? "",
                ["mx-host"] = new JsonArray([.. hosts]),
            },
            ["summary"] = new JsonObject
            {
                ["total-successful-session-count"] = GetNumber(summary["total-successful-session-count"]),
                ["total-failure-session-count"] = GetNumber(summary["total-failure-session-count"]),
            },
            ["failure-details"] = new JsonArray([.. GetObjects(entry["failure-details"]).Select(failure => ParseFailure(failure, searchTexts))]),
        };
    }

    private static JsonObject ParseFailure(JsonObject failure, List<string> searchTexts)
    {
        var result = new JsonObject
        {
            ["result-type"] = ParseWord(failure["result-type"], s_resultTypes),
            ["sending-mta-ip"] = ParseAddress(failure["sending-mta-ip"]),
            ["receiving-mx-hostname"] = GetString(failure["receiving-mx-hostname"]),
            ["receiving-mx-helo"] = GetString(failure["receiving-mx-helo"]),
            ["receiving-ip"] = ParseAddress(failure["receiving-ip"]),
            ["failed-session-count"] = GetNumber(failure["failed-session-count"]),
            ["additional-information"] = GetString(failure["additional-information"]),
            ["failure-reason-code"] = GetString(failure["failure-reason-code"]),
        };
        searchTexts.AddRange(result.Where(member => member.Key is not ("result-type" or "failed-session-count")).Select(member => GetString(member.Value)).OfType<string>());
        return result;
    }

    private static string ParseWord(JsonNode? node, string[] words) => GetString(node) is { } text && words.Contains(text) ? text : "Other";

    private static string ParseTime(JsonNode? node) => Timestamp.Format(
        DateTimeOffset.Parse(GetString(node) ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static string? ParseAddress(JsonNode? node) => IPAddress.TryParse(GetString(node), out IPAddress? address) ? address.ToString() : null;

    private static string? GetString(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out string? text) ? text : null;

    private static string GetLowerString(JsonNode? node) => (GetString(node) ?? "").ToLowerInvariant();

    private static string[] GetStrings(JsonNode? node) => node is JsonArray array ? [.. array.Select(GetString).OfType<string>()] : [];

    private static uint GetNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue<uint>(out uint number) ? number : 0;

    private static IEnumerable<JsonObject> GetObjects(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();
}
