using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Reports;

/// <summary>The reports for other domains, one per day, until they are sent.</summary>
/// <param name="clock">The server's clock.</param>
/// <param name="ids">Numbers them.</param>
/// <param name="organisation">The domain in whose name they are sent.</param>
/// <param name="dialect">What the version does differently.</param>
internal sealed class OutgoingReports(TimeProvider clock, SnowflakeIdGenerator ids, Func<string> organisation, ServerDialect dialect)
{
    private const long SecondsPerDay = 24 * 60 * 60;

    private readonly Lock _gate = new();
    private readonly List<OutgoingReport> _reports = [];
    private readonly DeferredFill _fill = new();

    /// <summary>Defers filling the store until it is first used.</summary>
    public void FillOnFirstUse(Action fill) => _fill.Set(fill);

    /// <summary>Counts a message that failed a policy in the report of the day.</summary>
    public void CountFailure(DmarcPolicy policy, FailedMail mail) => CountFailure(policy, mail, 1);

    public void CountFailure(DmarcPolicy policy, FailedMail mail, uint times)
    {
        (long begin, long due) = GetPeriod();
        lock (_gate)
        {
            _fill.Run();
            RemoveSent();
            OutgoingReport? report = _reports.Find(report =>
                report.Kind == 'd' && report.Domain == policy.Domain && report.PolicyHash == policy.Hash && (dialect.ReportsFromFirstFailure || report.DueAt == due));
            if (report is null)
            {
                _reports.Add(report = CreateDmarc(policy, begin, due));
            }

            report.Counts[mail] = report.Counts.GetValueOrDefault(mail) + times;
        }
    }

    /// <summary>Adds a TLS report of today.</summary>
    public void AddTls(string domain, string recipient, Func<long, long, JsonObject> content)
    {
        (long begin, long due) = GetPeriod();
        lock (_gate)
        {
            _reports.Add(new OutgoingReport
            {
                Kind = 't',
                Domain = domain,
                PolicyHash = ComputeHash(domain),
                BeginsAt = begin,
                DueAt = due,
                DeliverAt = due,
                Number = ids.Next(clock.GetUtcNow()),
                Recipients = [new JsonObject { ["Mail"] = recipient }],
                GetContent = () => content(begin, due),
            });
        }
    }

    /// <summary>The reports not sent yet, in the order of sending.</summary>
    public IReadOnlyList<OutgoingReport> GetAll()
    {
        lock (_gate)
        {
            _fill.Run();
            RemoveSent();
            return
            [
                .. _reports
                    .OrderBy(report => report.DueAt)
                    .ThenBy(report => report.Domain, StringComparer.Ordinal)
                    .ThenBy(report => report.PolicyHash)
                    .ThenBy(report => report.BeginsAt)
                    .ThenBy(report => report.Kind),
            ];
        }
    }

    public OutgoingReport? Find(string id) => GetAll().FirstOrDefault(report => report.Id == id);

    /// <summary>A report in the server's format.</summary>
    public byte[] Serialize(OutgoingReport report)
    {
        lock (_gate)
        {
            return JsonSerializer.SerializeToUtf8Bytes(report.ToJson(), ReportJson.Options);
        }
    }

    public void Remove(IEnumerable<OutgoingReport> reports)
    {
        lock (_gate)
        {
            foreach (OutgoingReport report in reports)
            {
                _reports.Remove(report);
            }
        }
    }

    private void RemoveSent()
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        _reports.RemoveAll(report => report.DeliverAt <= now);
    }

    private (long Begin, long Due) GetPeriod()
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        long begin = dialect.ReportsFromFirstFailure ? now : now - (now % SecondsPerDay);
        return (begin, begin + SecondsPerDay);
    }

    private OutgoingReport CreateDmarc(DmarcPolicy policy, long begin, long due)
    {
        OutgoingReport? report = null;
        report = new OutgoingReport
        {
            Kind = 'd',
            Domain = policy.Domain,
            PolicyHash = policy.Hash,
            BeginsAt = begin,
            DueAt = due,
            DeliverAt = due,
            Number = ids.Next(clock.GetUtcNow()),
            Recipients = [new JsonObject { ["uri"] = policy.Recipient, ["max_size"] = 0 }],
            GetContent = () => BuildDmarc(policy, report!),
        };
        return report;
    }

    private JsonObject BuildDmarc(DmarcPolicy policy, OutgoingReport report)
    {
        string sender = organisation();
        return DmarcJson.CreateReport(
            0,
            DmarcJson.CreateMetadata(
                sender,
                $"noreply-dmarc@{sender}",
                null,
                string.Create(CultureInfo.InvariantCulture, $"{report.PolicyHash}_{report.BeginsAt}"),
                (ulong)report.BeginsAt,
                (ulong)report.DueAt,
                []),
            DmarcJson.CreatePolicy(policy.Domain, null, policy.DkimAlignment, policy.SpfAlignment, policy.Policy, policy.Policy, false, "0"),
            report.Counts.Select(pair => BuildRecord(policy, pair.Key, pair.Value)),
            []);
    }

    private JsonObject BuildRecord(DmarcPolicy policy, FailedMail mail, uint count) => DmarcJson.CreateRecord(
        DmarcJson.CreateRow(mail.Source, count, policy.Policy, "Fail", "Fail", []),
        DmarcJson.CreateIdentifiers(null, mail.SenderDomain, mail.HeaderDomain),
        [],
        [DmarcJson.CreateSpfResult(mail.HeloDomain, "Helo", dialect.RefusedLookUpsAreErrors ? "TempError" : "None", null), DmarcJson.CreateSpfResult(mail.SenderDomain, "MailFrom", mail.SpfResult, null)],
        []);

    private static ulong ComputeHash(string text) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
