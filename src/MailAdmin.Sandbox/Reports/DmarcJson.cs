using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The parts of a DMARC report in the server's format, for received and for outgoing reports.</summary>
internal static class DmarcJson
{
    public static JsonObject CreateReport(decimal version, JsonObject metadata, JsonObject policy, IEnumerable<JsonObject> records, JsonArray extensions) => new()
    {
        // A whole number keeps its ".0".
        ["version"] = JsonValue.Create(version + 0.0m),
        ["report_metadata"] = metadata,
        ["policy_published"] = policy,
        ["record"] = new JsonArray([.. records]),
        ["extensions"] = extensions,
    };

    public static JsonObject CreateMetadata(string organisation, string email, string? contact, string id, ulong begin, ulong end, IEnumerable<string> errors) => new()
    {
        ["org_name"] = organisation,
        ["email"] = email,
        ["extra_contact_info"] = contact,
        ["report_id"] = id,
        ["date_range"] = new JsonObject { ["begin"] = begin, ["end"] = end },
        ["error"] = new JsonArray([.. errors]),
    };

    public static JsonObject CreatePolicy(string domain, decimal? version, string dkimAlignment, string spfAlignment, string policy, string subdomainPolicy, bool isTest, string? failureOptions) => new()
    {
        ["domain"] = domain,
        ["version_published"] = version is null ? null : JsonValue.Create(version.Value + 0.0m),
        ["adkim"] = dkimAlignment,
        ["aspf"] = spfAlignment,
        ["p"] = policy,
        ["sp"] = subdomainPolicy,
        ["testing"] = isTest,
        ["fo"] = failureOptions,
    };

    public static JsonObject CreateRecord(JsonObject row, JsonObject identifiers, IEnumerable<JsonObject> dkim, IEnumerable<JsonObject> spf, JsonArray extensions) => new()
    {
        ["row"] = row,
        ["identifiers"] = identifiers,
        ["auth_results"] = new JsonObject { ["dkim"] = new JsonArray([.. dkim]), ["spf"] = new JsonArray([.. spf]) },
        ["extensions"] = extensions,
    };

    public static JsonObject CreateRow(string? source, uint count, string disposition, string dkim, string spf, IEnumerable<JsonObject> reasons) => new()
    {
        ["source_ip"] = source,
        ["count"] = count,
        ["policy_evaluated"] = new JsonObject { ["disposition"] = disposition, ["dkim"] = dkim, ["spf"] = spf, ["reason"] = new JsonArray([.. reasons]) },
    };

    public static JsonObject CreateIdentifiers(string? envelopeTo, string envelopeFrom, string headerFrom) => new()
    {
        ["envelope_to"] = envelopeTo,
        ["envelope_from"] = envelopeFrom,
        ["header_from"] = headerFrom,
    };

    public static JsonObject CreateDkimResult(string domain, string selector, string result, string? comment) => new()
    {
        ["domain"] = domain,
        ["selector"] = selector,
        ["result"] = result,
        ["human_result"] = comment,
    };

    public static JsonObject CreateSpfResult(string domain, string scope, string result, string? comment) => new()
    {
        ["domain"] = domain,
        ["scope"] = scope,
        ["result"] = result,
        ["human_result"] = comment,
    };
}
