using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The methods of the reports that wait to be sent: they can be read, put off and removed.</summary>
/// <param name="schema">The types.</param>
/// <param name="reports">The reports.</param>
/// <param name="isDmarc">Whether these are about DMARC, or about TLS.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class OutgoingReportMethods(RegistrySchema schema, OutgoingReports reports, bool isDmarc, TimeProvider clock) : IObjectMethods
{
    private const string DeliverAt = "deliverAt";

    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, schema);
        IReadOnlyList<OutgoingReport> all = List();
        return get.Answer(call, all.Select(report => report.Number), id => all.FirstOrDefault(report => report.Number == id) is { } found ? Show(found) : null);
    }

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, schema);
        if (query.SortBy is not ("id" or "domain"))
        {
            throw MethodException.UnsupportedSort();
        }

        if (query.Filter.Any(condition => condition.Property != "domain" || condition.Text is null))
        {
            throw MethodException.UnsupportedFilter("Reports to be sent can be filtered by their domain only.");
        }

        IEnumerable<OutgoingReport> found = List().Where(report => query.Filter.All(condition => Matches(report, condition.Text!)));
        if (query.ReadsFromFirst)
        {
            return QueryPage.CutFirst(call, query, found.Select(report => report.Number).Order());
        }

        IEnumerable<OutgoingReport> sorted = query.SortBy == "id" ? found.OrderBy(report => report.Number) : found.OrderBy(report => report.Domain, StringComparer.Ordinal);
        return QueryPage.CutOrdered(call, query, [.. (query.IsAscending ? sorted : sorted.Reverse()).Select(report => report.Number)]);
    }

    public JsonObject Set(MethodContext call) => SetMethod.Read(call).Apply(
        (_, _) => throw SetException.Forbidden("Reports cannot be created."),
        (id, changes) =>
        {
            long deliverAt = ReadChange(changes);
            Require(id).DeliverAt = deliverAt;
            return null;
        },
        id => reports.Remove([Require(id)]));

    private IReadOnlyList<OutgoingReport> List() => [.. reports.GetAll().Where(report => (report.Kind == 'd') == isDmarc)];

    private OutgoingReport Require(ulong id) => List().FirstOrDefault(report => report.Number == id) ?? throw SetException.NotFound();

    /// <summary>A domain of DMARC is found by its beginning.</summary>
    private bool Matches(OutgoingReport report, string domain) => isDmarc ? report.Domain.StartsWith(domain, StringComparison.Ordinal) : report.Domain == domain;

    /// <summary>Only the time can be moved, and only into the future.</summary>
    private long ReadChange(JsonObject changes)
    {
        if (changes.FirstOrDefault(change => change.Key is not (DeliverAt or "id")).Key is { } other)
        {
            throw SetException.InvalidProperties(null, other);
        }

        return changes[DeliverAt] is JsonValue value && value.TryGetValue(out string? text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time > clock.GetUtcNow()
            ? time.ToUnixTimeSeconds()
            : throw SetException.InvalidPatch(new PatchException(DeliverAt, "No time in the future."));
    }

    private JsonObject Show(OutgoingReport report)
    {
        JsonObject content = ReportView.Show(isDmarc ? "dmarc" : "tls", JsonNode.Parse(reports.Serialize(report))!["report"]!.AsObject());
        var shown = new JsonObject
        {
            ["report"] = content,
            ["domain"] = report.Domain,
            ["createdAt"] = Timestamp.Format(report.BeginsAt),
            [DeliverAt] = Timestamp.Format(report.DeliverAt),
        };
        IEnumerable<string> recipients = report.Recipients.Select(recipient => (recipient!["uri"] ?? recipient["Mail"])!.GetValue<string>());
        if (isDmarc)
        {
            // What the server writes itself says how the policy was found.
            content["policyNp"] = content["policySubdomainDisposition"]!.DeepClone();
            content["policyDiscoveryMethod"] = "treewalk";
            shown["rua"] = ObjectCreator.Set(recipients);
            shown["policyIdentifier"] = report.PolicyHash;
        }
        else
        {
            shown["mailRua"] = ObjectCreator.Set(recipients);
            shown["httpRua"] = new JsonObject();
            shown["policyIdentifiers"] = new JsonObject();
        }

        return shown;
    }
}
