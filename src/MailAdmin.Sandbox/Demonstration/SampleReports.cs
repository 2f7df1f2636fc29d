using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Demonstration;

/// <summary>The reports that the sample organisation received in the last days, and those that it is going to send.</summary>
internal static class SampleReports
{
    private const long SecondsPerDay = 24 * 60 * 60;

    /// <summary>Their times count back from the start of the sandbox, whenever they are read.</summary>
    public static void FillOnFirstUse(IncomingReports incoming, OutgoingReports outgoing, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        incoming.FillOnFirstUse(() => FillIncoming(incoming, now));
        outgoing.FillOnFirstUse(() => FillOutgoing(outgoing));
    }

    private static void FillIncoming(IncomingReports reports, DateTimeOffset now)
    {
        foreach ((double daysAgo, ReportMail report) in CreateIncoming(now))
        {
            reports.Add(report, now.AddDays(-daysAgo));
        }
    }

    private static void FillOutgoing(OutgoingReports reports)
    {
        DmarcPolicy policy = DmarcPolicy.All[0];
        reports.CountFailure(policy, new FailedMail("203.0.113.77", "mail.spoofer.example", policy.Domain, "Fail", policy.Domain), 12);
        reports.CountFailure(policy, new FailedMail("198.51.100.8", "list.customers.example", "customers.example", "None", policy.Domain), 2);
        reports.AddTls("oldfirm.example", "tls-reports@oldfirm.example", CreateOutgoingTls);
    }

    private static IEnumerable<(double DaysAgo, ReportMail Report)> CreateIncoming(DateTimeOffset now) =>
    [
        (6.2, CreateDmarc("bigmail.example", "bigmail.example:1007", now, 7, FormatRow("203.0.113.10", 412, true, true), FormatRow("203.0.113.44", 9, true, false, "forwarded"))),
        (5.9, CreateAbuse("feedback@bigmail.example", "customer@bigmail.example", "Cheap watches", now.AddDays(-6))),
        (4.2, CreateTls("BigMail Inc.", "bigmail.example", now, 5, 1830, """{"result-type":"starttls-not-supported","sending-mta-ip":"198.51.100.20","receiving-mx-hostname":"mx.example.org","receiving-ip":"203.0.113.10","failed-session-count":4}""", 4)),
        (3.2, CreateDmarc("partner.example", "77.partner.example", now, 4, FormatRow("203.0.113.10", 57, true, true), FormatRow("192.0.2.200", 3, false, false))),
        (2.4, CreateAbuse("abuse@campus.example", "student@campus.example", "Newsletter November", now.AddDays(-2.5))),
        (1.2, CreateTls("Campus Mail", "campus.example", now, 2, 96, """{"result-type":"certificate-host-mismatch","sending-mta-ip":"2001:db8::1","receiving-mx-hostname":"mail.example.org","failed-session-count":7,"failure-reason-code":"X509_V_ERR_HOSTNAME_MISMATCH"},{"result-type":"validation-failure","sending-mta-ip":"2001:db8::2","receiving-mx-hostname":"mx.example.org","failed-session-count":1,"additional-information":"https://campus.example/tls/1"}""", 8)),
        (0.2, CreateDmarc("bigmail.example", "bigmail.example:1013", now, 1, FormatRow("203.0.113.10", 388, true, true), FormatRow("2001:db8::25", 19, false, false), FormatRow("198.51.100.99", 1, false, true, "local_policy"))),
    ];

    private static ReportMail CreateDmarc(string reporter, string id, DateTimeOffset now, int daysAgo, params string[] records)
    {
        long begin = GetDayStart(now, daysAgo);
        string xml = string.Create(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="UTF-8"?><feedback><version>1.0</version>
            <report_metadata><org_name>{reporter}</org_name><email>noreply@{reporter}</email><extra_contact_info>https://{reporter}/dmarc</extra_contact_info>
            <report_id>{id}</report_id><date_range><begin>{begin}</begin><end>{begin + SecondsPerDay - 1}</end></date_range></report_metadata>
            <policy_published><domain>example.org</domain><adkim>r</adkim><aspf>r</aspf><p>quarantine</p><sp>reject</sp><pct>100</pct></policy_published>
            {string.Concat(records)}</feedback>
            """);
        return new ReportMail(
            $"noreply@{reporter}", ["postmaster@example.org"], $"Report Domain: example.org Submitter: {reporter} Report-ID: {id}", DmarcXmlParser.Parse(Encoding.UTF8.GetBytes(xml))!);
    }

    private static string FormatRow(string source, int count, bool isAligned, bool hasSpf, string? reason = null)
    {
        string disposition = isAligned || hasSpf || reason is not null ? "none" : "quarantine";
        string reasonXml = reason is null ? "" : $"<reason><type>{reason}</type></reason>";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <record><row><source_ip>{source}</source_ip><count>{count}</count><policy_evaluated><disposition>{disposition}</disposition><dkim>{FormatResult(isAligned)}</dkim><spf>{FormatResult(hasSpf)}</spf>{reasonXml}</policy_evaluated></row>
            <identifiers><envelope_from>{(hasSpf ? "example.org" : "bounces.spoofer.example")}</envelope_from><header_from>example.org</header_from></identifiers>
            <auth_results><dkim><domain>example.org</domain><selector>202511e</selector><result>{FormatResult(isAligned)}</result></dkim><spf><domain>{(hasSpf ? "example.org" : "bounces.spoofer.example")}</domain><scope>mfrom</scope><result>{(hasSpf ? "pass" : "softfail")}</result></spf></auth_results></record>
            """);
    }

    private static string FormatResult(bool passes) => passes ? "pass" : "fail";

    private static ReportMail CreateTls(string organisation, string reporter, DateTimeOffset now, int daysAgo, int successCount, string failures, int failureCount)
    {
        long begin = GetDayStart(now, daysAgo);
        string json = string.Create(CultureInfo.InvariantCulture, $$"""
            {"organization-name":"{{organisation}}","date-range":{"start-datetime":"{{Timestamp.Format(begin)}}","end-datetime":"{{Timestamp.Format(begin + SecondsPerDay - 1)}}"},
            "contact-info":"tls@{{reporter}}","report-id":"{{begin}}.{{reporter}}","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing","mx: mx.example.org","max_age: 86400"],
            "policy-domain":"example.org","mx-host":["mx.example.org"]},"summary":{"total-successful-session-count":{{successCount}},"total-failure-session-count":{{failureCount}}},"failure-details":[{{failures}}]}]}
            """);
        return new ReportMail(
            $"tls@{reporter}", ["postmaster@example.org"], $"Report Domain: example.org Submitter: {reporter}", TlsReportParser.Parse(Encoding.UTF8.GetBytes(json))!);
    }

    private static ReportMail CreateAbuse(string from, string complainant, string subject, DateTimeOffset received)
    {
        string report = $"""
            Feedback-Type: abuse
            User-Agent: Complaints/2.1
            Version: 1
            Original-Mail-From: <news@example.org>
            Original-Rcpt-To: <{complainant}>
            Received-Date: {received:r}
            Source-IP: 203.0.113.10
            Reported-Domain: example.org
            Reported-URI: https://www.example.org/unsubscribe
            Authentication-Results: mx.{MailAddress.GetDomain(complainant)}; dkim=pass header.d=example.org
            """;
        return new ReportMail(from, ["postmaster@example.org"], $"FW: {subject}", FeedbackReportParser.Parse(Encoding.UTF8.GetBytes(report))!);
    }

    private static JsonObject CreateOutgoingTls(long begin, long end) => TlsReportParser.Parse(Encoding.UTF8.GetBytes($$"""
        {"organization-name":"example.org","date-range":{"start-datetime":"{{Timestamp.Format(begin)}}","end-datetime":"{{Timestamp.Format(end)}}"},
        "contact-info":null,"report-id":"{{begin}}_oldfirm.example","policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"oldfirm.example"},
        "summary":{"total-successful-session-count":0,"total-failure-session-count":3},"failure-details":[{"result-type":"starttls-not-supported",
        "receiving-mx-hostname":"mx.oldfirm.example","receiving-ip":"198.51.100.3","failed-session-count":3,"failure-reason-code":"STARTTLS was not advertised by host"}]}]}
        """))!.Json;

    private static long GetDayStart(DateTimeOffset now, int daysAgo)
    {
        long seconds = now.ToUnixTimeSeconds() - (daysAgo * SecondsPerDay);
        return seconds - (seconds % SecondsPerDay);
    }
}
