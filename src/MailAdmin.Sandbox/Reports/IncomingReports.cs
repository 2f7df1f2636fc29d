using System.Text.Json;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The reports that came in, until they expire.</summary>
internal sealed class IncomingReports(TimeProvider clock, SnowflakeIdGenerator ids)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, IncomingReport> _reports = [];
    private readonly DeferredFill _fill = new();

    /// <summary>Defers filling the store until it is first used, because parsing reports is slow.</summary>
    public void FillOnFirstUse(Action fill) => _fill.Set(fill);

    public void Add(ReportMail mail) => Add(mail, clock.GetUtcNow());

    public void Add(ReportMail mail, DateTimeOffset at)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(mail.Report.Json, ReportJson.Options);
        lock (_gate)
        {
            _fill.Run();
            var report = new IncomingReport(
                ids.Next(at), at.ToUnixTimeSeconds() + IncomingReport.LifetimeSeconds, mail.Report.Kind, mail.From, mail.To, mail.Subject, json, mail.Report.SearchTexts);
            _reports[report.Id] = report;
        }
    }

    public IncomingReport? Find(string kind, ulong id, long expires) =>
        GetNewestFirst(kind).FirstOrDefault(report => report.Id == id && report.ExpiresAt == expires);

    /// <summary>Those of a kind, the newest first.</summary>
    public IReadOnlyList<IncomingReport> GetNewestFirst(string kind)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            _fill.Run();
            return [.. _reports.Values.Where(report => report.Kind == kind && report.ExpiresAt > now).Reverse()];
        }
    }

    public void Remove(IEnumerable<IncomingReport> reports)
    {
        lock (_gate)
        {
            foreach (IncomingReport report in reports)
            {
                _reports.Remove(report.Id);
            }
        }
    }
}
