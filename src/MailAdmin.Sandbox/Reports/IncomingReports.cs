using System.Text.Json;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The reports that came in, until they expire.</summary>
internal sealed class IncomingReports(TimeProvider clock, QueueIds ids)
{
    private const long Life = 30 * 24 * 60 * 60;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, IncomingReport> _reports = [];
    private Action? _beforeFirstUse;

    /// <summary>Puts off what fills it until someone asks: reports are costly to read.</summary>
    public void FillLater(Action fill) => _beforeFirstUse = fill;

    public void Add(ReportMail mail) => Add(mail, clock.GetUtcNow());

    public void Add(ReportMail mail, DateTimeOffset at)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(mail.Report.Json, ReportJson.Options);
        lock (_gate)
        {
            Begin();
            var report = new IncomingReport(
                ids.Next(at), at.ToUnixTimeSeconds() + Life, mail.Report.Kind, mail.From, mail.To, mail.Subject, json, mail.Report.Texts);
            _reports[report.Id] = report;
        }
    }

    public IncomingReport? Find(string kind, ulong id, long expires) =>
        Newest(kind).FirstOrDefault(report => report.Id == id && report.Expires == expires);

    /// <summary>Those of a kind, the newest first.</summary>
    public IReadOnlyList<IncomingReport> Newest(string kind)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            Begin();
            return [.. _reports.Values.Where(report => report.Kind == kind && report.Expires > now).Reverse()];
        }
    }

    public void Remove(IEnumerable<IncomingReport> which)
    {
        lock (_gate)
        {
            foreach (IncomingReport report in which)
            {
                _reports.Remove(report.Id);
            }
        }
    }

    private void Begin()
    {
        Action? fill = _beforeFirstUse;
        _beforeFirstUse = null;
        fill?.Invoke();
    }
}
