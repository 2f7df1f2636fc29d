using System.Globalization;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Reports;

/// <summary><c>/api/reports</c>: the reports that were received.</summary>
internal sealed class IncomingReportEndpoint(IncomingReports reports, TenantDomains tenants)
{
    public SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("incoming-report-list");
        (IReadOnlyList<IncomingReport> items, int total) = FindMatches(call);
        return Responses.Page(items, total, (json, report) => json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{report.Id}_{report.ExpiresAt}")));
    }

    public SandboxResponse Show(ApiCall call)
    {
        RequireKind(call);
        call.Caller.Require("incoming-report-get");
        IncomingReport report = Find(call) ?? throw ApiException.NoSuchResource();
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteString("from"u8, report.From);
            json.WriteStrings("to"u8, report.To);
            json.WriteString("subject"u8, report.Subject);
            json.WritePropertyName("report"u8);
            json.WriteRawValue(report.Json);
            json.WriteEndObject();
        });
    }

    public SandboxResponse DeleteAll(ApiCall call)
    {
        RequireKind(call);
        call.Caller.Require("incoming-report-delete");
        (IReadOnlyList<IncomingReport> items, int _) = FindMatches(call);
        reports.Remove(items);
        return Responses.Data(items.Count > 0);
    }

    /// <summary>Deleting a report that does not exist succeeds, if the id is well-formed.</summary>
    public SandboxResponse Delete(ApiCall call)
    {
        RequireKind(call);
        call.Caller.Require("incoming-report-delete");
        if (Find(call) is { } report)
        {
            reports.Remove([report]);
        }

        return Responses.Data(true);
    }

    private static void RequireKind(ApiCall call)
    {
        if (call.GetSegment(1) is not ("dmarc" or "tls" or "arf"))
        {
            throw ApiException.NoSuchResource();
        }
    }

    private (IReadOnlyList<IncomingReport> Items, int Total) FindMatches(ApiCall call)
    {
        string? text = call.Query["text"];
        ulong first = call.Query.GetUInt64("range-start") ?? 0;
        ulong last = call.Query.GetUInt64("range-end") ?? ulong.MaxValue;
        IReadOnlySet<string>? visible = tenants.FindNames(call.Caller.Tenant);
        return new Paging(call.Query).Apply(reports.GetNewestFirst(call.Path[1]).Where(report =>
            report.Id >= first
            && report.Id <= last
            && (text is null || report.ContainsText(text))
            && (visible is null || report.InvolvesAny(visible))));
    }

    private IncomingReport? Find(ApiCall call)
    {
        IReadOnlySet<string>? visible = tenants.FindNames(call.Caller.Tenant);
        return call.GetDecodedSegment(2).Split('_') is [var idText, var expiresText, ..]
            && ulong.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out ulong id)
            && ulong.TryParse(expiresText, NumberStyles.None, CultureInfo.InvariantCulture, out ulong expires)
                ? reports.Find(call.Path[1], id, (long)expires) is { } report && (visible is null || report.InvolvesAny(visible)) ? report : null
                : throw ApiException.NoSuchResource();
    }
}
