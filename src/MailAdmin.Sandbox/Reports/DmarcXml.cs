using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace MailAdmin.Sandbox.Reports;

/// <summary>Reads DMARC aggregate reports (RFC 7489, appendix C). Unknown elements are passed over, missing ones have defaults.</summary>
internal static class DmarcXml
{
    private const string Unspecified = "Unspecified";

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
        if (Child(feedback, "report_metadata") is not { } metadata || Child(feedback, "policy_published") is not { } policy)
        {
            return null;
        }

        var texts = new List<string>
        {
            Text(policy, "domain") ?? "",
            (Text(metadata, "org_name") ?? "").ToLowerInvariant(),
            Text(metadata, "report_id") ?? "",
            (Text(metadata, "extra_contact_info") ?? "").ToLowerInvariant(),
        };
        JsonObject[] records = Children(feedback, "record").Select(record => Record(record, texts)).ToArray();
        JsonObject json = DmarcJson.Report(Number(feedback, "version") ?? 0, Metadata(metadata), Policy(policy), records, Extensions(feedback));
        return new ParsedReport("dmarc", json, texts);
    }

    private static JsonObject Metadata(XElement metadata)
    {
        XElement? range = Child(metadata, "date_range");
        return DmarcJson.Metadata(
            Text(metadata, "org_name") ?? "",
            Text(metadata, "email") ?? "",
            Text(metadata, "extra_contact_info"),
            Text(metadata, "report_id") ?? "",
            (ulong)(Number(range, "begin") ?? 0),
            (ulong)(Number(range, "end") ?? 0),
            Children(metadata, "error").Select(error => error.Value.Trim()));
    }

    private static JsonObject Policy(XElement policy) => DmarcJson.Policy(
        Text(policy, "domain") ?? "",
        Number(policy, "version_published"),
        Alignment(Text(policy, "adkim")),
        Alignment(Text(policy, "aspf")),
        Word(Text(policy, "p"), Unspecified, "None", "Quarantine", "Reject"),
        Word(Text(policy, "sp"), Unspecified, "None", "Quarantine", "Reject"),
        string.Equals(Text(policy, "testing"), "y", StringComparison.OrdinalIgnoreCase),
        Text(policy, "fo"));

    private static JsonObject Record(XElement record, List<string> texts)
    {
        XElement? row = Child(record, "row");
        XElement? evaluated = Child(row, "policy_evaluated");
        XElement? identifiers = Child(record, "identifiers");
        XElement? results = Child(record, "auth_results");
        string? source = IPAddress.TryParse(Text(row, "source_ip"), out IPAddress? address) ? address.ToString() : null;
        XElement[] dkim = Children(results, "dkim").ToArray();
        XElement[] spf = Children(results, "spf").ToArray();
        texts.AddRange(new[]
        {
            source, Text(identifiers, "envelope_from"), Text(identifiers, "header_from"), Text(identifiers, "envelope_to"),
        }.OfType<string>());
        texts.AddRange(dkim.Concat(spf).SelectMany(result => new[] { Text(result, "domain"), Text(result, "selector"), Text(result, "human_result") }).OfType<string>());
        return DmarcJson.Record(
            DmarcJson.Row(
                source,
                (uint)(Number(row, "count") ?? 0),
                Word(Text(evaluated, "disposition"), Unspecified, "None", "Pass", "Quarantine", "Reject"),
                Word(Text(evaluated, "dkim"), Unspecified, "Pass", "Fail"),
                Word(Text(evaluated, "spf"), Unspecified, "Pass", "Fail"),
                Children(evaluated, "reason").Select(Reason)),
            DmarcJson.Identifiers(Text(identifiers, "envelope_to"), Text(identifiers, "envelope_from") ?? "", Text(identifiers, "header_from") ?? ""),
            dkim.Select(result => DmarcJson.Dkim(
                Text(result, "domain") ?? "",
                Text(result, "selector") ?? "",
                Word(Text(result, "result"), "None", "Pass", "Fail", "Policy", "Neutral", "TempError", "PermError"),
                Text(result, "human_result"))),
            spf.Select(result => DmarcJson.Spf(
                Text(result, "domain") ?? "",
                Scope(Text(result, "scope")),
                Word(Text(result, "result"), "None", "Neutral", "Pass", "Fail", "SoftFail", "TempError", "PermError"),
                Text(result, "human_result"))),
            Extensions(record));
    }

    private static JsonObject Reason(XElement reason) => new()
    {
        ["type_"] = (Text(reason, "type") ?? "").ToLowerInvariant() switch
        {
            "forwarded" => "Forwarded",
            "sampled_out" => "SampledOut",
            "trusted_forwarder" => "TrustedForwarder",
            "mailing_list" => "MailingList",
            "local_policy" => "LocalPolicy",
            _ => "Other",
        },
        ["comment"] = Text(reason, "comment"),
    };

    private static JsonArray Extensions(XElement parent) => new(
    [
        .. Children(Child(parent, "extensions"), "extension").Select(extension => new JsonObject
        {
            ["name"] = extension.Attribute("name")?.Value ?? "",
            ["definition"] = extension.Attribute("definition")?.Value ?? "",
        }),
    ]);

    private static string Alignment(string? text) => text?.ToLowerInvariant() switch
    {
        "r" => "Relaxed",
        "s" => "Strict",
        _ => Unspecified,
    };

    private static string Scope(string? text) => text?.ToLowerInvariant() switch
    {
        "helo" => "Helo",
        "mfrom" => "MailFrom",
        _ => Unspecified,
    };

    /// <summary>The server's spelling of a word, or what stands for none.</summary>
    private static string Word(string? text, string otherwise, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return otherwise;
    }

    private static decimal? Number(XElement? parent, string name) =>
        decimal.TryParse(Text(parent, name), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && number >= 0 ? number : null;

    private static string? Text(XElement? parent, string name) => Child(parent, name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The last of a name counts.</summary>
    private static XElement? Child(XElement? parent, string name) => Children(parent, name).LastOrDefault();

    private static IEnumerable<XElement> Children(XElement? parent, string name) => parent?.Elements().Where(element => element.Name.LocalName == name) ?? [];
}
