using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The reports that are gathered for other domains, a day each, until they go out.</summary>
internal sealed class OutgoingReports(TimeProvider clock, SettingsStore settings, string hostName)
{
    private const long Day = 24 * 60 * 60;

    private readonly Lock _gate = new();
    private readonly List<OutgoingReport> _reports = [];
    private Action? _beforeFirstUse;

    /// <summary>Puts off what fills it until someone asks.</summary>
    public void FillLater(Action fill) => _beforeFirstUse = fill;

    /// <summary>Counts a mail that failed a policy, in the report of the day.</summary>
    public void Count(DmarcPolicy policy, FailedMail mail) => Count(policy, mail, 1);

    public void Count(DmarcPolicy policy, FailedMail mail, uint times)
    {
        (long begin, long due) = Today();
        lock (_gate)
        {
            Begin();
            OutgoingReport? report = _reports.Find(report => report.Kind == 'd' && report.Domain == policy.Domain && report.PolicyHash == policy.Hash && report.Due == due);
            if (report is null)
            {
                _reports.Add(report = NewDmarc(policy, begin, due));
            }

            report.Counts[mail] = report.Counts.GetValueOrDefault(mail) + times;
        }
    }

    /// <summary>Adds a TLS report of today with what it says.</summary>
    public void AddTls(string domain, string recipient, Func<long, long, JsonObject> content)
    {
        (long begin, long due) = Today();
        lock (_gate)
        {
            _reports.Add(new OutgoingReport
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
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            Begin();
            _reports.RemoveAll(report => report.Due <= now);
            return
            [
                .. _reports
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
        lock (_gate)
        {
            return JsonSerializer.SerializeToUtf8Bytes(report.ToJson(), ReportJson.Options);
        }
    }

    public void Remove(IEnumerable<OutgoingReport> which)
    {
        lock (_gate)
        {
            foreach (OutgoingReport report in which)
            {
                _reports.Remove(report);
            }
        }
    }

    private void Begin()
    {
        Action? fill = _beforeFirstUse;
        _beforeFirstUse = null;
        fill?.Invoke();
    }

    private (long Begin, long Due) Today()
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        long begin = now - (now % Day);
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
        string organisation = settings["report.domain"] ?? hostName;
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
