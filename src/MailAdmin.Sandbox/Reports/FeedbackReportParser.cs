using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MimeKit.Utils;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reads abuse reports (RFC 5965, RFC 6591): header fields, of which every known one is written back.</summary>
internal static class FeedbackReportParser
{

    /// <summary>The report, or null if its type is missing or unknown.</summary>
    public static ParsedReport? Parse(byte[] part)
    {
        ILookup<string, string> fields = ParseFields(Encoding.UTF8.GetString(part));
        string? type = GetLast(fields, "Feedback-Type")?.ToLowerInvariant() switch
        {
            "abuse" => "Abuse",
            "auth-failure" => "AuthFailure",
            "fraud" => "Fraud",
            "not-spam" => "NotSpam",
            "other" => "Other",
            "virus" => "Virus",
            _ => null,
        };
        if (type is null)
        {
            return null;
        }

        JsonObject report = BuildJson(type, fields);
        return new ParsedReport("arf", report, [.. GetSearchTexts(report)]);
    }

    private static JsonObject BuildJson(string type, ILookup<string, string> fields) => new()
    {
        ["feedback_type"] = type,
        ["arrival_date"] = ParseDate(GetLast(fields, "Received-Date") ?? GetLast(fields, "Arrival-Date")),
        ["authentication_results"] = GetAll(fields, "Authentication-Results"),
        ["incidents"] = ParseNumber(GetLast(fields, "Incidents"), 1),
        ["original_envelope_id"] = GetLast(fields, "Original-Envelope-Id"),
        ["original_mail_from"] = GetLast(fields, "Original-Mail-From"),
        ["original_rcpt_to"] = GetLast(fields, "Original-Rcpt-To"),
        ["reported_domain"] = GetAll(fields, "Reported-Domain"),
        ["reported_uri"] = GetAll(fields, "Reported-URI"),
        ["reporting_mta"] = StripType(GetLast(fields, "Reporting-MTA")),
        ["source_ip"] = IPAddress.TryParse(GetLast(fields, "Source-IP")?.Split(' ')[0], out IPAddress? source) ? source.ToString() : null,
        ["user_agent"] = GetLast(fields, "User-Agent"),
        ["version"] = ParseNumber(GetLast(fields, "Version"), 0),
        ["source_port"] = ParseNumber(GetLast(fields, "Source-Port"), 0),
        ["auth_failure"] = ReportWord.Parse(GetLast(fields, "Auth-Failure"), ReportWord.Unspecified, "Adsp", "BodyHash", "Revoked", "Signature", "Spf", "Dmarc"),
        ["delivery_result"] = ReportWord.Parse(GetLast(fields, "Delivery-Result"), ReportWord.Unspecified, "Delivered", "Spam", "Policy", "Reject", "Other"),
        ["dkim_adsp_dns"] = GetLast(fields, "DKIM-ADSP-DNS"),
        ["dkim_canonicalized_body"] = GetLast(fields, "DKIM-Canonicalized-Body"),
        ["dkim_canonicalized_header"] = GetLast(fields, "DKIM-Canonicalized-Header"),
        ["dkim_domain"] = GetLast(fields, "DKIM-Domain"),
        ["dkim_identity"] = GetLast(fields, "DKIM-Identity"),
        ["dkim_selector"] = GetLast(fields, "DKIM-Selector"),
        ["dkim_selector_dns"] = GetLast(fields, "DKIM-Selector-DNS"),
        ["spf_dns"] = GetLast(fields, "SPF-DNS"),
        ["identity_alignment"] = ParseAlignment(GetLast(fields, "Identity-Alignment")),

        // The server reads the report only, not the message attached to it.
        ["message"] = null,
        ["headers"] = null,
    };

    private static IEnumerable<string> GetSearchTexts(JsonObject report) => report
        .Where(member => member.Key is not ("feedback_type" or "auth_failure" or "delivery_result" or "identity_alignment"))
        .SelectMany(member => member.Value as IEnumerable<JsonNode?> ?? new[] { member.Value })
        .Select(value => value is JsonValue known && known.TryGetValue<string>(out string? text) ? text : null)
        .OfType<string>();

    private static ILookup<string, string> ParseFields(string part)
    {
        string unfolded = part.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        return unfolded.Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
    }

    private static string? GetLast(ILookup<string, string> fields, string name) => fields[name].LastOrDefault();

    private static JsonArray GetAll(ILookup<string, string> fields, string name) => new([.. fields[name]]);

    private static uint ParseNumber(string? text, uint fallback) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : fallback;

    private static long? ParseDate(string? text) => text is not null && DateUtils.TryParse(text, out DateTimeOffset date) ? date.ToUnixTimeSeconds() : null;

    private static string? StripType(string? text) => text?.StartsWith("dns;", StringComparison.Ordinal) == true ? text[4..].Trim() : text;

    private static string ParseAlignment(string? text)
    {
        string[] words = (text ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries);
        return (words.Contains("none"), words.Contains("dkim"), words.Contains("spf")) switch
        {
            (true, _, _) => "None",
            (_, true, true) => "DkimSpf",
            (_, true, _) => "Dkim",
            (_, _, true) => "Spf",
            _ => ReportWord.Unspecified,
        };
    }
}
