using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reads DMARC aggregate reports (RFC 7489, appendix C). Unknown elements are ignored, missing ones have defaults.</summary>
internal static class DmarcXmlParser
{

    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The report, or null if it is none.</summary>
    public static ParsedReport? Parse(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), s_settings);
            return XDocument.Load(reader).Root is { Name.LocalName: "feedback" } root ? Parse(root) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static ParsedReport? Parse(XElement feedback)
    {
        if (GetChild(feedback, "report_metadata") is not { } metadata || GetChild(feedback, "policy_published") is not { } policy)
        {
            return null;
        }

        var searchTexts = new List<string>
        {
            GetText(policy, "domain") ?? "",
            (GetText(metadata, "org_name") ?? "").ToLowerInvariant(),
            GetText(metadata, "report_id") ?? "",
            (GetText(metadata, "extra_contact_info") ?? "").ToLowerInvariant(),
        };
        JsonObject[] records = GetChildren(feedback, "record").Select(record => ParseRecord(record, searchTexts)).ToArray();
        JsonObject json = DmarcJson.CreateReport(GetNumber(feedback, "version") ?? 0, ParseMetadata(metadata), ParsePolicy(policy), records, ParseExtensions(feedback));
        return new ParsedReport("dmarc", json, searchTexts);
    }

    private static JsonObject ParseMetadata(XElement metadata)
    {
        XElement? range = GetChild(metadata, "date_range");
        return DmarcJson.CreateMetadata(
            GetText(metadata, "org_name") ?? "",
            GetText(metadata, "email") ?? "",
            GetText(metadata, "extra_contact_info"),
            GetText(metadata, "report_id") ?? "",
            (ulong)(GetNumber(range, "begin") ?? 0),
            (ulong)(GetNumber(range, "end") ?? 0),
            GetChildren(metadata, "error").Select(error => error.Value.Trim()));
    }

    private static JsonObject ParsePolicy(XElement policy) => DmarcJson.CreatePolicy(
        GetText(policy, "domain") ?? "",
        GetNumber(policy, "version_published"),
        ParseAlignment(GetText(policy, "adkim")),
        ParseAlignment(GetText(policy, "aspf")),
        ReportWord.Parse(GetText(policy, "p"), ReportWord.Unspecified, "None", "Quarantine", "Reject"),
        ReportWord.Parse(GetText(policy, "sp"), ReportWord.Unspecified, "None", "Quarantine", "Reject"),
        string.Equals(GetText(policy, "testing"), "y", StringComparison.OrdinalIgnoreCase),
        GetText(policy, "fo"));

    private static JsonObject ParseRecord(XElement record, List<string> searchTexts)
    {
        XElement? row = GetChild(record, "row");
        XElement? evaluated = GetChild(row, "policy_evaluated");
        XElement? identifiers = GetChild(record, "identifiers");
        XElement? results = GetChild(record, "auth_results");
        string? source = IPAddress.TryParse(GetText(row, "source_ip"), out IPAddress? address) ? address.ToString() : null;
        XElement[] dkim = GetChildren(results, "dkim").ToArray();
        XElement[] spf = GetChildren(results, "spf").ToArray();
        searchTexts.AddRange(new[]
        {
            source, GetText(identifiers, "envelope_from"), GetText(identifiers, "header_from"), GetText(identifiers, "envelope_to"),
        }.OfType<string>());
        searchTexts.AddRange(dkim.Concat(spf).SelectMany(result => new[] { GetText(result, "domain"), GetText(result, "selector"), GetText(result, "human_result") }).OfType<string>());
        return DmarcJson.CreateRecord(
            DmarcJson.CreateRow(
                source,
                (uint)(GetNumber(row, "count") ?? 0),
                ReportWord.Parse(GetText(evaluated, "disposition"), ReportWord.Unspecified, "None", "Pass", "Quarantine", "Reject"),
                ReportWord.Parse(GetText(evaluated, "dkim"), ReportWord.Unspecified, "Pass", "Fail"),
                ReportWord.Parse(GetText(evaluated, "spf"), ReportWord.Unspecified, "Pass", "Fail"),
                GetChildren(evaluated, "reason").Select(ParseReason)),
            DmarcJson.CreateIdentifiers(GetText(identifiers, "envelope_to"), GetText(identifiers, "envelope_from") ?? "", GetText(identifiers, "header_from") ?? ""),
            dkim.Select(result => DmarcJson.CreateDkimResult(
                GetText(result, "domain") ?? "",
                GetText(result, "selector") ?? "",
                ReportWord.Parse(GetText(result, "result"), "None", "Pass", "Fail", "Policy", "Neutral", "TempError", "PermError"),
                GetText(result, "human_result"))),
            spf.Select(result => DmarcJson.CreateSpfResult(
                GetText(result, "domain") ?? "",
                ParseScope(GetText(result, "scope")),
                ReportWord.Parse(GetText(result, "result"), "None", "Neutral", "Pass", "Fail", "SoftFail", "TempError", "PermError"),
                GetText(result, "human_result"))),
            ParseExtensions(record));
    }

    private static JsonObject ParseReason(XElement reason) => new()
    {
        ["type_"] = (GetText(reason, "type") ?? "").ToLowerInvariant() switch
        {
            "forwarded" => "Forwarded",
            "sampled_out" => "SampledOut",
            "trusted_forwarder" => "TrustedForwarder",
            "mailing_list" => "MailingList",
            "local_policy" => "LocalPolicy",
            _ => "Other",
        },
        ["comment"] = GetText(reason, "comment"),
    };

    private static JsonArray ParseExtensions(XElement parent) => new(
    [
        .. GetChildren(GetChild(parent, "extensions"), "extension").Select(extension => new JsonObject
        {
            ["name"] = extension.Attribute("name")?.Value ?? "",
            ["definition"] = extension.Attribute("definition")?.Value ?? "",
        }),
    ]);

    private static string ParseAlignment(string? text) => text?.ToLowerInvariant() switch
    {
        "r" => "Relaxed",
        "s" => "Strict",
        _ => ReportWord.Unspecified,
    };

    private static string ParseScope(string? text) => text?.ToLowerInvariant() switch
    {
        "helo" => "Helo",
        "mfrom" => "MailFrom",
        _ => ReportWord.Unspecified,
    };

    private static decimal? GetNumber(XElement? parent, string name) =>
        decimal.TryParse(GetText(parent, name), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && number >= 0 ? number : null;

    private static string? GetText(XElement? parent, string name) => GetChild(parent, name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The last of a name counts.</summary>
    private static XElement? GetChild(XElement? parent, string name) => GetChildren(parent, name).LastOrDefault();

    private static IEnumerable<XElement> GetChildren(XElement? parent, string name) => parent?.Elements().Where(element => element.Name.LocalName == name) ?? [];
}
