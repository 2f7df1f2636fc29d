using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The reports that are gathered for other domains, a day each, until they go out.</summary>
internal sealed class OutgoingReports(SandboxClock clock, SettingsStore settings, string hostName)
{
    private const long Day = 24 * 60 * 60;

    private readonly Lock gate = new();
    private readonly List<OutgoingReport> reports = [];
    private Action? beforeFirstUse;

    /// <summary>Puts off what fills it until someone asks.</summary>
    public void FillLater(Action fill) => beforeFirstUse = fill;

    /// <summary>Counts a mail that failed a policy, in the report of the day.</summary>
    public void Count(DmarcPolicy policy, FailedMail mail) => Count(policy, mail, 1);

    public void Count(DmarcPolicy policy, FailedMail mail, uint times)
    {
        var (begin, due) = Today();
        lock (gate)
        {
            Begin();
            var report = reports.Find(report => report.Kind == 'd' && report.Domain == policy.Domain && report.PolicyHash == policy.Hash && report.Due == due);
            if (report is null)
                reports.Add(report = NewDmarc(policy, begin, due));
            report.Counts[mail] = report.Counts.GetValueOrDefault(mail) + times;
        }
    }

    /// <summary>Adds a TLS report of today with what it says.</summary>
    public void AddTls(string domain, string recipient, Func<long, long, JsonObject> content)
    {
        var (begin, due) = Today();
        lock (gate)
        {
            reports.Add(new OutgoingReport
            {
                Kind = 't',
                Domain = domain,
                PolicyHash = Hash(domain),
                Begin = begin,
                Due = due,
                Recipients = [new JsonObject { ["Mail"] = recipient }],
                Content = () => content(begin, due),
            });
        }
    }

    /// <summary>Those not sent yet, in the order in which they will be.</summary>
    public IReadOnlyList<OutgoingReport> All()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            Begin();
            reports.RemoveAll(report => report.Due <= now);
            return
            [
                .. reports
                    .OrderBy(report => report.Due)
                    .ThenBy(report => report.Domain, StringComparer.Ordinal)
                    .ThenBy(report => report.PolicyHash)
                    .ThenBy(report => report.Begin)
                    .ThenBy(report => report.Kind),
            ];
        }
    }

    public OutgoingReport? Find(string id) => All().FirstOrDefault(report => report.Id == id);

    /// <summary>A report as it stands, in the server's form.</summary>
    public byte[] Write(OutgoingReport report)
    {
        lock (gate)
            return JsonSerializer.SerializeToUtf8Bytes(report.ToJson(), ReportJson.Options);
    }

    public void Remove(IEnumerable<OutgoingReport> which)
    {
        lock (gate)
        {
            foreach (var report in which)
                reports.Remove(report);
        }
    }

    private void Begin()
    {
        var fill = beforeFirstUse;
        beforeFirstUse = null;
        fill?.Invoke();
    }

    private (long Begin, long Due) Today()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var begin = now - (now % Day);
        return (begin, begin + Day);
    }

    private OutgoingReport NewDmarc(DmarcPolicy policy, long begin, long due)
    {
        OutgoingReport? report = null;
        report = new OutgoingReport
        {
            Kind = 'd',
            Domain = policy.Domain,
            PolicyHash = policy.Hash,
            Begin = begin,
            Due = due,
            Recipients = [new JsonObject { ["uri"] = policy.Recipient, ["max_size"] = 0 }],
            Content = () => Dmarc(policy, report!),
        };
        return report;
    }

    private JsonObject Dmarc(DmarcPolicy policy, OutgoingReport report)
    {
        var organisation = settings["report.domain"] ?? hostName;
        return DmarcJson.Report(
            0,
            DmarcJson.Metadata(
                organisation,
                $"noreply-dmarc@{organisation}",
                null,
                string.Create(CultureInfo.InvariantCulture, $"{report.PolicyHash}_{report.Begin}"),
                (ulong)report.Begin,
                (ulong)report.Due,
                []),
            DmarcJson.Policy(policy.Domain, null, policy.DkimAlignment, policy.SpfAlignment, policy.Policy, policy.Policy, false, "0"),
            report.Counts.Select(pair => Record(policy, pair.Key, pair.Value)),
            []);
    }

    private static JsonObject Record(DmarcPolicy policy, FailedMail mail, uint count) => DmarcJson.Record(
        DmarcJson.Row(mail.Source, count, policy.Policy, "Fail", "Fail", []),
        DmarcJson.Identifiers(null, mail.SenderDomain, mail.HeaderDomain),
        [],
        [DmarcJson.Spf(mail.HeloDomain, "Helo", "None", null), DmarcJson.Spf(mail.SenderDomain, "MailFrom", mail.SpfResult, null)],
        []);

    private static ulong Hash(string text) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
