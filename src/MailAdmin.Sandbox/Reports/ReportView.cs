using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reports as servers from 0.16 write them: the same facts under other names, lists by place, sets without order, words in camel case.</summary>
internal static class ReportView
{
    private const string Unspecified = "unspecified";

    /// <summary>A report of one of the three kinds.</summary>
    /// <param name="kind"><c>dmarc</c>, <c>tls</c> or <c>arf</c>.</param>
    /// <param name="report">The report as servers up to 0.15 write it.</param>
    public static JsonObject Show(string kind, JsonObject report) => kind switch
    {
        "dmarc" => ShowDmarc(report),
        "tls" => ShowTls(report),
        _ => ShowAbuse(report),
    };

    private static JsonObject ShowDmarc(JsonObject report)
    {
        JsonObject metadata = report["report_metadata"]!.AsObject();
        JsonObject policy = report["policy_published"]!.AsObject();
        return new JsonObject
        {
            ["version"] = report["version"]!.GetValue<decimal>() is > 0 and { } version ? version : 1.0m,
            ["orgName"] = Copy(metadata["org_name"]),
            ["email"] = Copy(metadata["email"]),
            ["extraContactInfo"] = Copy(metadata["extra_contact_info"]),
            ["reportId"] = Copy(metadata["report_id"]),
            ["dateRangeBegin"] = FormatTime(metadata["date_range"]!["begin"]),
            ["dateRangeEnd"] = FormatTime(metadata["date_range"]!["end"]),
            ["errors"] = ToSet(metadata["error"]),
            ["policyDomain"] = Copy(policy["domain"]),
            ["policyVersion"] = policy["version_published"]?.ToString(),
            ["policyAdkim"] = ToWord(policy["adkim"]),
            ["policyAspf"] = ToWord(policy["aspf"]),
            ["policyDisposition"] = ToWord(policy["p"]),
            ["policySubdomainDisposition"] = ToWord(policy["sp"]),
            ["policyTestingMode"] = Copy(policy["testing"]),
            ["policyFailureReportingOptions"] = ObjectCreator.Set(ReadFailureOptions(policy["fo"])),
            ["records"] = ToList(report["record"], ShowRecord),
            ["extensions"] = ToList(report["extensions"], Copy),
            ["generator"] = null,
            ["policyNp"] = Unspecified,
            ["policyDiscoveryMethod"] = Unspecified,
        };
    }

    private static JsonObject ShowRecord(JsonObject record)
    {
        JsonObject row = record["row"]!.AsObject();
        JsonObject evaluated = row["policy_evaluated"]!.AsObject();
        JsonObject identifiers = record["identifiers"]!.AsObject();
        return new JsonObject
        {
            ["sourceIp"] = Copy(row["source_ip"]),
            ["count"] = Copy(row["count"]),
            ["evaluatedDisposition"] = ToWord(evaluated["disposition"]),
            ["evaluatedDkim"] = ToWord(evaluated["dkim"]),
            ["evaluatedSpf"] = ToWord(evaluated["spf"]),
            ["policyOverrideReasons"] = ToList(evaluated["reason"], reason => new JsonObject { ["overrideType"] = ReadOverride(reason["type_"]), ["comment"] = Copy(reason["comment"]) }),
            ["envelopeTo"] = Copy(identifiers["envelope_to"]),
            ["envelopeFrom"] = Copy(identifiers["envelope_from"]),
            ["headerFrom"] = Copy(identifiers["header_from"]),
            ["dkimResults"] = ToList(record["auth_results"]!["dkim"], result => new JsonObject
            {
                ["domain"] = Copy(result["domain"]),
                ["selector"] = Copy(result["selector"]),
                ["result"] = ToWord(result["result"]),
                ["humanResult"] = Copy(result["human_result"]),
            }),
            ["spfResults"] = ToList(record["auth_results"]!["spf"], result => new JsonObject
            {
                ["domain"] = Copy(result["domain"]),
                ["scope"] = ToWord(result["scope"]),
                ["result"] = ToWord(result["result"]),
                ["humanResult"] = Copy(result["human_result"]),
            }),
            ["extensions"] = ToList(record["extensions"], Copy),
        };
    }

    private static JsonObject ShowTls(JsonObject report) => new()
    {
        ["organizationName"] = Copy(report["organization-name"]),
        ["contactInfo"] = Copy(report["contact-info"]),
        ["reportId"] = Copy(report["report-id"]),
        ["dateRangeStart"] = Copy(report["date-range"]!["start-datetime"]),
        ["dateRangeEnd"] = Copy(report["date-range"]!["end-datetime"]),
        ["policies"] = ToList(report["policies"], ShowPolicy),
    };

    private static JsonObject ShowPolicy(JsonObject entry) => new()
    {
        ["policyType"] = FromKebab(entry["policy"]!["policy-type"]),
        ["policyStrings"] = ToSet(entry["policy"]!["policy-string"]),
        ["policyDomain"] = Copy(entry["policy"]!["policy-domain"]),
        ["mxHosts"] = ToSet(entry["policy"]!["mx-host"]),
        ["totalSuccessfulSessions"] = Copy(entry["summary"]!["total-successful-session-count"]),
        ["totalFailedSessions"] = Copy(entry["summary"]!["total-failure-session-count"]),
        ["failureDetails"] = ToList(entry["failure-details"], failure => new JsonObject
        {
            ["resultType"] = FromKebab(failure["result-type"]) is "starttlsNotSupported" ? "startTlsNotSupported" : FromKebab(failure["result-type"]),
            ["sendingMtaIp"] = Copy(failure["sending-mta-ip"]),
            ["receivingMxHostname"] = Copy(failure["receiving-mx-hostname"]),
            ["receivingMxHelo"] = Copy(failure["receiving-mx-helo"]),
            ["receivingIp"] = Copy(failure["receiving-ip"]),
            ["failedSessionCount"] = Copy(failure["failed-session-count"]),
            ["additionalInformation"] = Copy(failure["additional-information"]),
            ["failureReasonCode"] = Copy(failure["failure-reason-code"]),
        }),
    };

    private static JsonObject ShowAbuse(JsonObject report)
    {
        var shown = new JsonObject();
        foreach ((string name, JsonNode? value) in report)
        {
            (string renamed, JsonNode? written) = name switch
            {
                "arrival_date" => ("arrivalDate", FormatTime(value)),
                "reported_domain" => ("reportedDomains", ToSet(value)),
                "reported_uri" => ("reportedUris", ToSet(value)),
                "authentication_results" => ("authenticationResults", ToSet(value)),
                "feedback_type" or "auth_failure" or "delivery_result" or "identity_alignment" => (FromSnake(name), ToWord(value)),
                "source_port" => ("sourcePort", value!.GetValue<uint>() == 0 ? null : Copy(value)),
                _ => (FromSnake(name), Copy(value)),
            };
            shown[renamed] = written;
        }

        return shown;
    }

    private static JsonNode? Copy(JsonNode? value) => value?.DeepClone();

    private static string ToWord(JsonNode? value) => JsonNamingPolicy.CamelCase.ConvertName(value!.GetValue<string>());

    private static string FromKebab(JsonNode? value) => FromWords(value!.GetValue<string>().ToLowerInvariant().Split('-'));

    private static string FromSnake(string name) => FromWords(name.Split('_'));

    private static string FromWords(string[] words) => string.Concat(words.Select((word, place) => place == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static JsonObject ToSet(JsonNode? list) => ObjectCreator.Set((list as JsonArray ?? []).Select(item => item!.GetValue<string>()).Distinct());

    private static JsonObject ToList(JsonNode? list, Func<JsonObject, JsonNode?> show) => new((list as JsonArray ?? [])
        .Select((item, place) => KeyValuePair.Create(place.ToString(CultureInfo.InvariantCulture), show(item!.AsObject()))));

    private static JsonValue? FormatTime(JsonNode? seconds) => seconds is null ? null : JsonValue.Create(Timestamp.Format((long)seconds.GetValue<decimal>()));

    /// <summary>Two reasons are none any more.</summary>
    private static string ReadOverride(JsonNode? type) => type!.GetValue<string>() is var word && word is "Forwarded" or "SampledOut" ? "Other" : word;

    private static IEnumerable<string> ReadFailureOptions(JsonNode? text) => (text?.GetValue<string>() ?? "").Split(':', StringSplitOptions.TrimEntries).Select(option => option switch
    {
        "0" => "all",
        "1" => "any",
        "d" => "dkimFailure",
        "s" => "spfFailure",
        _ => null,
    }).OfType<string>();
}
