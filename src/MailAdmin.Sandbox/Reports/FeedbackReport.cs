using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MimeKit.Utils;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reads abuse reports (RFC 5965, RFC 6591): header fields, of which every known one is written back.</summary>
internal static class FeedbackReport
{
    private const string Unspecified = "Unspecified";

    /// <summary>The report, or null if it does not say of which type it is.</summary>
    public static ParsedReport? Parse(byte[] part)
    {
        ILookup<string, string> fields = Fields(Encoding.UTF8.GetString(part));
        string? type = Last(fields, "Feedback-Type")?.ToLowerInvariant() switch
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

        JsonObject report = Build(type, fields);
        return new ParsedReport("arf", report, [.. SearchedTexts(report)]);
    }

    private static JsonObject Build(string type, ILookup<string, string> fields) => new()
    {
        ["feedback_type"] = type,
        ["arrival_date"] = Date(Last(fields, "Received-Date") ?? Last(fields, "Arrival-Date")),
        ["authentication_results"] = All(fields, "Authentication-Results"),
        ["incidents"] = Number(Last(fields, "Incidents"), 1),
        ["original_envelope_id"] = Last(fields, "Original-Envelope-Id"),
        ["original_mail_from"] = Last(fields, "Original-Mail-From"),
        ["original_rcpt_to"] = Last(fields, "Original-Rcpt-To"),
        ["reported_domain"] = All(fields, "Reported-Domain"),
        ["reported_uri"] = All(fields, "Reported-URI"),
        ["reporting_mta"] = WithoutType(Last(fields, "Reporting-MTA")),
        ["source_ip"] = IPAddress.TryParse(Last(fields, "Source-IP")?.Split(' ')[0], out IPAddress? source) ? source.ToString() : null,
        ["user_agent"] = Last(fields, "User-Agent"),
        ["version"] = Number(Last(fields, "Version"), 0),
        ["source_port"] = Number(Last(fields, "Source-Port"), 0),
        ["auth_failure"] = Known(Last(fields, "Auth-Failure"), "Adsp", "BodyHash", "Revoked", "Signature", "Spf", "Dmarc"),
        ["delivery_result"] = Known(Last(fields, "Delivery-Result"), "Delivered", "Spam", "Policy", "Reject", "Other"),
        ["dkim_adsp_dns"] = Last(fields, "DKIM-ADSP-DNS"),
        ["dkim_canonicalized_body"] = Last(fields, "DKIM-Canonicalized-Body"),
        ["dkim_canonicalized_header"] = Last(fields, "DKIM-Canonicalized-Header"),
        ["dkim_domain"] = Last(fields, "DKIM-Domain"),
        ["dkim_identity"] = Last(fields, "DKIM-Identity"),
        ["dkim_selector"] = Last(fields, "DKIM-Selector"),
        ["dkim_selector_dns"] = Last(fields, "DKIM-Selector-DNS"),
        ["spf_dns"] = Last(fields, "SPF-DNS"),
        ["identity_alignment"] = Alignment(Last(fields, "Identity-Alignment")),

        // The server reads the report alone, not what came along with it.
        ["message"] = null,
        ["headers"] = null,
    };

    private static IEnumerable<string> SearchedTexts(JsonObject report) => report
        .Where(member => member.Key is not ("feedback_type" or "auth_failure" or "delivery_result" or "identity_alignment"))
        .SelectMany(member => member.Value as IEnumerable<JsonNode?> ?? new[] { member.Value })
        .Select(value => value is JsonValue known && known.TryGetValue<string>(out string? text) ? text : null)
        .OfType<string>();

    private static ILookup<string, string> Fields(string part)
    {
        string unfolded = part.ReplaceLineEndings("\n").Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        return unfolded.Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
    }

    private static string? Last(ILookup<string, string> fields, string name) => fields[name].LastOrDefault();

    private static JsonArray All(ILookup<string, string> fields, string name) => new([.. fields[name]]);

    private static uint Number(string? text, uint otherwise) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : otherwise;

    private static long? Date(string? text) => text is not null && DateUtils.TryParse(text, out DateTimeOffset date) ? date.ToUnixTimeSeconds() : null;

    private static string? WithoutType(string? text) => text?.StartsWith("dns;", StringComparison.Ordinal) == true ? text[4..].Trim() : text;

    private static string Known(string? text, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return Unspecified;
    }

    private static string Alignment(string? text)
    {
        string[] words = (text ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries);
        return (words.Contains("none"), words.Contains("dkim"), words.Contains("spf")) switch
        {
            (true, _, _) => "None",
            (_, true, true) => "DkimSpf",
            (_, true, _) => "Dkim",
            (_, _, true) => "Spf",
            _ => Unspecified,
        };
    }
}
