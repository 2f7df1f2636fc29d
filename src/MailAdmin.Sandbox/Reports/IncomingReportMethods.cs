using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The methods of the reports that came in: they can be read and removed.</summary>
/// <param name="schema">The types.</param>
/// <param name="reports">The reports.</param>
/// <param name="kind"><c>dmarc</c>, <c>tls</c> or <c>arf</c>.</param>
internal sealed class IncomingReportMethods(RegistrySchema schema, IncomingReports reports, string kind) : IObjectMethods
{
    public JsonObject Get(MethodContext call)
    {
        var get = GetMethod.Read(call, schema);
        IReadOnlyList<IncomingReport> all = List(call);
        return get.Answer(call, all.Reverse().Select(report => report.Id), id => all.FirstOrDefault(report => report.Id == id) is { } found ? Show(found) : null);
    }

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, schema);
        if (query.SortBy is not ("id" or "expiresAt"))
        {
            throw MethodException.UnsupportedSort();
        }

        (IncomingReport Report, ReportIndex Index)[] all = [.. List(call).Select(report => (report, ReportIndex.Of(kind, report.From, ShowReport(report))))];
        Func<IncomingReport, ReportIndex, bool>[] conditions = [.. query.Filter.Select(condition => Compile(condition, [.. all.Select(entry => entry.Index)]))];
        ulong[] found = [.. all.Where(entry => conditions.All(condition => condition(entry.Report, entry.Index))).Select(entry => entry.Report.Id).Order()];
        return query.ReadsFromFirst ? QueryPage.CutFirst(call, query, found) : QueryPage.CutOrdered(call, query, query.IsAscending ? found : [.. found.Reverse()]);
    }

    public JsonObject Set(MethodContext call) => SetMethod.Read(call).Apply(
        (_, _) => throw SetException.Forbidden("Reports cannot be created."),
        (_, _) => throw SetException.Forbidden("Reports that came in cannot be changed."),
        id => reports.Remove([List(call).FirstOrDefault(report => report.Id == id) ?? throw SetException.NotFound()]));

    /// <summary>The newest first. No report is a tenant's here, so members of a tenant see none.</summary>
    private IReadOnlyList<IncomingReport> List(MethodContext call) => call.Caller.TenantId is null ? reports.GetNewestFirst(kind) : [];

    private JsonObject ShowReport(IncomingReport report) => ReportView.Show(kind, JsonNode.Parse(report.Json)!.AsObject());

    private JsonObject Show(IncomingReport report) => new()
    {
        ["report"] = ShowReport(report),
        ["from"] = report.From,
        ["subject"] = report.Subject,
        ["to"] = ObjectCreator.Set(report.To.Distinct()),
        ["receivedAt"] = Timestamp.Format(report.ReceivedAt),
        ["expiresAt"] = Timestamp.Format(report.ExpiresAt),
        ["memberTenantId"] = null,
    };

    private static Func<IncomingReport, ReportIndex, bool> Compile(FilterCondition condition, ReportIndex[] all)
    {
        switch (condition.Property)
        {
            case "text" when condition.Text is { } text:
                // Words before the first that is anywhere are ignored.
                string[] words = [.. ObjectIndex.WordsOf(text).SkipWhile(word => !all.Any(index => index.HasWord(word)))];
                return (_, index) => words.Length > 0 && words.All(index.HasWord);
            case "memberTenantId" when RegistryId.TryParse(condition.Text, out _):
                return (_, _) => false;
            case "totalFailedSessions" when condition.Value is JsonValue number && number.TryGetValue(out long count):
                return (_, index) => condition.Accepts(index.Failures.CompareTo(count));
            case "totalSuccessfulSessions" when condition.Value is JsonValue number && number.TryGetValue(out long count):
                return (_, index) => condition.Accepts(index.Successes.CompareTo(count));
            case "expiresAt" when DateTimeOffset.TryParse(condition.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time):
                return (report, _) => condition.Accepts(report.ExpiresAt.CompareTo(time.ToUnixTimeSeconds()));
            default:
                throw MethodException.UnsupportedFilter("Reports cannot be filtered so.");
        }
    }
}
