// Reports from the wire. Each is one small answer, so it is read as a document: every member that is not taken is kept.
using System.Text.Json;

namespace MailAdmin.Client.Api.Reports;

/// <summary>Reads received and queued reports (contract §6.4, §6.5).</summary>
internal static class ReportReader
{
    /// <summary>A received DMARC report.</summary>
    public static MailDmarcReport ReadDmarc(string id, JsonElement data)
    {
        var mail = new ReportMembers(data);
        ReportMembers report = mail.Object("report");
        ReportMembers about = report.Object("report_metadata");
        ReportMembers range = about.Object("date_range");
        return new MailDmarcReport
        {
            Kind = MailReportKind.Dmarc,
            Id = id,
            From = mail.Text("from") ?? "",
            To = mail.Texts("to"),
            Subject = mail.Text("subject") ?? "",
            Organization = about.Text("org_name") ?? "",
            Email = about.Text("email") ?? "",
            ExtraContact = about.Text("extra_contact_info"),
            ReportId = about.Text("report_id") ?? "",
            Begin = range.Seconds("begin"),
            End = range.Seconds("end"),
            ReportError = about.Texts("error"),
            PublishedPolicy = PublishedPolicy(report),
            Record = report.List("record", Record),
            AdditionalData = report.Rest("version", "extensions"),
        };
    }

    /// <summary>A received TLS report.</summary>
    public static MailTlsReport ReadTls(string id, JsonElement data)
    {
        var mail = new ReportMembers(data);
        ReportMembers report = mail.Object("report");
        ReportMembers range = report.Object("date-range");
        return new MailTlsReport
        {
            Kind = MailReportKind.Tls,
            Id = id,
            From = mail.Text("from") ?? "",
            To = mail.Texts("to"),
            Subject = mail.Text("subject") ?? "",
            Organization = report.Text("organization-name") ?? "",
            ContactInfo = report.Text("contact-info"),
            ReportId = report.Text("report-id") ?? "",
            Begin = range.Time("start-datetime"),
            End = range.Time("end-datetime"),
            Policy = report.List("policies", Policy),
            AdditionalData = report.Rest(),
        };
    }

    /// <summary>A received abuse report.</summary>
    public static MailArfReport ReadArf(string id, JsonElement data)
    {
        var mail = new ReportMembers(data);
        ReportMembers report = mail.Object("report");
        return new MailArfReport
        {
            Kind = MailReportKind.Arf,
            Id = id,
            From = mail.Text("from") ?? "",
            To = mail.Texts("to"),
            Subject = mail.Text("subject") ?? "",
            FeedbackType = report.Text("feedback_type") is { } type ? FeedbackType.Parse(type) : default,
            ArrivalDate = report.Seconds("arrival_date"),
            SourceIp = report.Text("source_ip"),
            SourcePort = (int)report.Number("source_port"),
            Incidents = report.Number("incidents"),
            OriginalMailFrom = Bare(report.Text("original_mail_from")),
            OriginalRcptTo = Bare(report.Text("original_rcpt_to")),
            OriginalEnvelopeId = report.Text("original_envelope_id"),
            ReportedDomain = report.Texts("reported_domain"),
            ReportedUri = report.Texts("reported_uri"),
            ReportingMta = report.Text("reporting_mta"),
            UserAgent = report.Text("user_agent"),
            Version = (int)report.Number("version"),
            AuthenticationResults = report.Texts("authentication_results"),
            AuthFailure = report.Text("auth_failure") ?? "Unspecified",
            DeliveryResult = report.Text("delivery_result") ?? "Unspecified",
            IdentityAlignment = report.Text("identity_alignment") ?? "Unspecified",
            DkimDomain = report.Text("dkim_domain"),
            DkimIdentity = report.Text("dkim_identity"),
            DkimSelector = report.Text("dkim_selector"),
            SpfDns = report.Text("spf_dns"),
            Message = report.Text("message"),
            Headers = report.Text("headers"),
            AdditionalData = report.Rest(),
        };
    }

    /// <summary>A report that waits to be sent.</summary>
    public static MailQueueReport ReadQueued(string id, JsonElement data)
    {
        var all = new ReportMembers(data);
        ReportMembers report = all.Object("report");
        MailQueueReport read = ReportId.ReadQueued(id) with
        {
            Domain = all.Text("domain") ?? "",
            Begin = all.Time("range_from"),
            End = all.Time("range_to"),
            ReportTo = new StringList(all.List("rua", Target)),
        };
        read = read.Kind == MailReportKind.Dmarc
            ? read with
            {
                ReportId = report.Object("report_metadata").Text("report_id") ?? "",
                PublishedPolicy = PublishedPolicy(report),
                Record = report.List("record", Record),
            }
            : read with { ReportId = report.Text("report-id") ?? "", Policy = report.List("policies", Policy) };
        return read with { AdditionalData = all.Rest("type", "id") };
    }

    private static DmarcPublishedPolicy PublishedPolicy(ReportMembers report)
    {
        ReportMembers policy = report.Object("policy_published");
        return new DmarcPublishedPolicy
        {
            Domain = policy.Text("domain") ?? "",
            Version = policy.Text("version_published"),
            DkimAlignment = policy.Text("adkim") is { } dkim ? DmarcAlignment.Parse(dkim) : default,
            SpfAlignment = policy.Text("aspf") is { } spf ? DmarcAlignment.Parse(spf) : default,
            Policy = PolicyOf(policy, "p"),
            SubdomainPolicy = PolicyOf(policy, "sp"),
            Testing = policy.Flag("testing"),
            FailureOption = policy.Text("fo"),
        };
    }

    private static MailDmarcRecord Record(ReportMembers record)
    {
        ReportMembers row = record.Object("row");
        ReportMembers evaluated = row.Object("policy_evaluated");
        ReportMembers names = record.Object("identifiers");
        ReportMembers checks = record.Object("auth_results");
        return new MailDmarcRecord
        {
            SourceIp = row.Text("source_ip"),
            Count = row.Number("count"),
            Disposition = PolicyOf(evaluated, "disposition"),
            Dkim = ResultOf(evaluated, "dkim"),
            Spf = ResultOf(evaluated, "spf"),
            Reason = evaluated.List("reason", reason => new DmarcOverride(reason.Text("type_") ?? "", reason.Text("comment"))),
            HeaderFrom = names.Text("header_from") ?? "",
            EnvelopeFrom = names.Text("envelope_from") is { Length: > 0 } from ? from : null,
            EnvelopeTo = names.Text("envelope_to"),
            DkimResult = checks.List("dkim", check => new DkimCheck(check.Text("domain") ?? "", check.Text("selector") ?? "", ResultOf(check, "result"), check.Text("human_result"))),
            SpfResult = checks.List("spf", check => new SpfCheck(check.Text("domain") ?? "", check.Text("scope") ?? "", ResultOf(check, "result"), check.Text("human_result"))),
        };
    }

    private static MailTlsPolicy Policy(ReportMembers seen)
    {
        ReportMembers policy = seen.Object("policy");
        ReportMembers summary = seen.Object("summary");
        return new MailTlsPolicy
        {
            Domain = policy.Text("policy-domain") ?? "",
            Type = policy.Text("policy-type") is { } type ? TlsPolicyType.Parse(type) : default,
            PolicyString = policy.Texts("policy-string"),
            MxHost = policy.Texts("mx-host"),
            SuccessCount = summary.Number("total-successful-session-count"),
            FailureCount = summary.Number("total-failure-session-count"),
            Failure = seen.List("failure-details", failure => new MailTlsFailure
            {
                Result = failure.Text("result-type") is { } result ? TlsResult.Parse(result) : default,
                Count = failure.Number("failed-session-count"),
                SendingIp = failure.Text("sending-mta-ip"),
                ReceivingHost = failure.Text("receiving-mx-hostname"),
                ReceivingHelo = failure.Text("receiving-mx-helo"),
                ReceivingIp = failure.Text("receiving-ip"),
                AdditionalInformation = failure.Text("additional-information"),
                ReasonCode = failure.Text("failure-reason-code"),
            }),
        };
    }

    private static DmarcPolicy PolicyOf(ReportMembers members, string name) => members.Text(name) is { } word ? DmarcPolicy.Parse(word) : default;

    private static AuthenticationResult ResultOf(ReportMembers members, string name) => members.Text(name) is { } word ? AuthenticationResult.Parse(word) : default;

    // DMARC: {"uri","max_size"}; TLS: {"Mail"} or {"Http"}.
    private static string Target(ReportMembers target) => target.Text("uri") ?? target.Text("Mail") ?? target.Text("Http") ?? "";

    private static string? Bare(string? address) => address is ['<', .. var inner, '>'] ? inner : address;
}
