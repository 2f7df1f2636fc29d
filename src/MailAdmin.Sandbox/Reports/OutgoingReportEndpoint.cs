using System.Globalization;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Reports;

/// <summary><c>/api/queue/reports</c>: the reports that wait to be sent.</summary>
internal sealed class OutgoingReportEndpoint(OutgoingReports reports, TenantDomains tenants)
{
    public SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("outgoing-report-list");
        (IReadOnlyList<OutgoingReport> items, int total) = FindMatches(call);
        return Responses.Page(items, total, (json, report) => json.WriteStringValue(report.Id));
    }

    public SandboxResponse Show(ApiCall call)
    {
        call.Caller.Require("outgoing-report-get");
        OutgoingReport report = Find(call) ?? throw ApiException.NoSuchResource();
        return Responses.Data(json => json.WriteRawValue(reports.Serialize(report)));
    }

    public SandboxResponse DeleteAll(ApiCall call)
    {
        call.Caller.Require("outgoing-report-delete");
        (IReadOnlyList<OutgoingReport> items, int _) = FindMatches(call);
        reports.Remove(items);
        return Responses.Data(items.Count > 0);
    }

    /// <summary>Deleting a report that does not exist succeeds, if the id is well-formed.</summary>
    public SandboxResponse Delete(ApiCall call)
    {
        call.Caller.Require("outgoing-report-delete");
        if (Find(call) is { } report)
        {
            reports.Remove([report]);
        }
        else if (!IsId(call.GetDecodedSegment(2)))
        {
            throw ApiException.NoSuchResource();
        }

        return Responses.Data(true);
    }

    private (IReadOnlyList<OutgoingReport> Items, int Total) FindMatches(ApiCall call)
    {
        string? domain = call.Query["domain"]?.ToLowerInvariant();
        char? kind = call.Query["type"] switch
        {
            "dmarc" => 'd',
            "tls" => 't',
            _ => (char?)null,
        };
        ulong first = call.Query.GetUInt64("range-start") ?? 0;
        ulong end = call.Query.GetUInt64("range-end") ?? ulong.MaxValue;
        IReadOnlySet<string>? visible = tenants.FindNames(call.Caller.Tenant);
        return new Paging(call.Query).Apply(reports.GetAll().Where(report =>
            (ulong)report.DueAt >= first
            && (ulong)report.DueAt < end
            && (kind is null || report.Kind == kind)
            && (domain is null || report.Domain.Contains(domain, StringComparison.Ordinal))
            && (visible is null || visible.Contains(report.Domain))));
    }

    private OutgoingReport? Find(ApiCall call)
    {
        IReadOnlySet<string>? visible = tenants.FindNames(call.Caller.Tenant);
        return reports.Find(call.GetDecodedSegment(2)) is { } report && (visible is null || visible.Contains(report.Domain)) ? report : null;
    }

    private static bool IsId(string text) => text.Split('!') is ["d" or "t", _, var hash, var begin, var due, ..]
        && new[] { hash, begin, due }.All(number => ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
