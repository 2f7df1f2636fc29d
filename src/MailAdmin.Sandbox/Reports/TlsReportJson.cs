using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reads TLS reports (RFC 8460). Every key is written back, absent texts as null.</summary>
internal static class TlsReportJson
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
        var texts = new List<string> { Lower(root["organization-name"]), Lower(root["contact-info"]), Text(root["report-id"]) ?? "" };
        var report = new JsonObject
        {
            ["organization-name"] = Text(root["organization-name"]),
            ["date-range"] = new JsonObject { ["start-datetime"] = Time(range["start-datetime"]), ["end-datetime"] = Time(range["end-datetime"]) },
            ["contact-info"] = Text(root["contact-info"]),
            ["report-id"] = Text(root["report-id"]) ?? "",
            ["policies"] = new JsonArray([.. Objects(root["policies"]).Select(policy => Policy(policy, texts))]),
        };
        return new ParsedReport("tls", report, texts);
    }

    private static JsonObject Policy(JsonObject entry, List<string> texts)
    {
        JsonObject policy = entry["policy"] as JsonObject ?? [];
        JsonObject summary = entry["summary"] as JsonObject ?? [];
        string[] strings = Texts(policy["policy-string"]);
        string[] hosts = Texts(policy["mx-host"]);
        texts.Add(Text(policy["policy-domain"]) ?? "");
        texts.AddRange(strings.Concat(hosts).Select(text => text.ToLowerInvariant()));
        return new JsonObject
        {
            ["policy"] = new JsonObject
            {
                ["policy-type"] = Known(policy["policy-type"], s_policyTypes),
                ["policy-string"] = new JsonArray([.. strings]),
                ["policy-domain"] = Text(policy["policy-domain"]) ?? "",
                ["mx-host"] = new JsonArray([.. hosts]),
            },
            ["summary"] = new JsonObject
            {
                ["total-successful-session-count"] = Number(summary["total-successful-session-count"]),
                ["total-failure-session-count"] = Number(summary["total-failure-session-count"]),
            },
            ["failure-details"] = new JsonArray([.. Objects(entry["failure-details"]).Select(failure => Failure(failure, texts))]),
        };
    }

    private static JsonObject Failure(JsonObject failure, List<string> texts)
    {
        var result = new JsonObject
        {
            ["result-type"] = Known(failure["result-type"], s_resultTypes),
            ["sending-mta-ip"] = Address(failure["sending-mta-ip"]),
            ["receiving-mx-hostname"] = Text(failure["receiving-mx-hostname"]),
            ["receiving-mx-helo"] = Text(failure["receiving-mx-helo"]),
            ["receiving-ip"] = Address(failure["receiving-ip"]),
            ["failed-session-count"] = Number(failure["failed-session-count"]),
            ["additional-information"] = Text(failure["additional-information"]),
            ["failure-reason-code"] = Text(failure["failure-reason-code"]),
        };
        texts.AddRange(result.Where(member => member.Key is not ("result-type" or "failed-session-count")).Select(member => Text(member.Value)).OfType<string>());
        return result;
    }

    private static string Known(JsonNode? node, string[] words) => Text(node) is { } text && words.Contains(text) ? text : "Other";

    private static string Time(JsonNode? node) => Timestamp.Format(
        DateTimeOffset.Parse(Text(node) ?? "", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds());

    private static string? Address(JsonNode? node) => IPAddress.TryParse(Text(node), out IPAddress? address) ? address.ToString() : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out string? text) ? text : null;

    private static string Lower(JsonNode? node) => (Text(node) ?? "").ToLowerInvariant();

    private static string[] Texts(JsonNode? node) => node is JsonArray array ? [.. array.Select(Text).OfType<string>()] : [];

    private static uint Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<uint>(out uint number) ? number : 0;

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();
}
