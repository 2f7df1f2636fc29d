using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Reports;

/// <summary>Reads received and queued reports (docs/api.md §6.4, §6.5). Each is one small answer and is read as a document: every member that has no property is kept.</summary>
internal static class ReportReader
{
    /// <summary>A received DMARC report.</summary>
    public static MailDmarcReport ReadDmarc(string id, JsonElement data)
    {
        var mail = new JsonMembers(data);
        JsonMembers report = mail.GetRequiredObject("report");
        JsonMembers about = report.GetObject("report_metadata");
        JsonMembers range = about.GetObject("date_range");
        return new MailDmarcReport
        {
            Kind = MailReportKind.Dmarc,
            Id = id,
            From = mail.GetText("from") ?? "",
            To = mail.GetTexts("to"),
            Subject = mail.GetText("subject") ?? "",
            Organization = about.GetText("org_name") ?? "",
            Email = about.GetText("email") ?? "",
            ExtraContact = about.GetText("extra_contact_info"),
            ReportId = about.GetText("report_id") ?? "",
            Begin = range.GetUnixTime("begin"),
            End = range.GetUnixTime("end"),
            ReportError = about.GetTexts("error"),
            PublishedPolicy = ReadPublishedPolicy(report),
            Record = report.GetList("record", ReadRecord),
            AdditionalData = report.GetUnknownMembers("version", "extensions"),
        };
    }

    /// <summary>A received TLS report.</summary>
    public static MailTlsReport ReadTls(string id, JsonElement data)
    {
        var mail = new JsonMembers(data);
        JsonMembers report = mail.GetRequiredObject("report");
        JsonMembers range = report.GetObject("date-range");
        return new MailTlsReport
        {
            Kind = MailReportKind.Tls,
            Id = id,
            From = mail.GetText("from") ?? "",
            To = mail.GetTexts("to"),
            Subject = mail.GetText("subject") ?? "",
            Organization = report.GetText("organization-name") ?? "",
            ContactInfo = report.GetText("contact-info"),
            ReportId = report.GetText("report-id") ?? "",
            Begin = range.GetTime("start-datetime"),
            End = range.GetTime("end-datetime"),
            Policy = report.GetList("policies", ReadTlsPolicy),
            AdditionalData = report.GetUnknownMembers(),
        };
    }

    /// <summary>A received abuse report.</summary>
    public static MailArfReport ReadArf(string id, JsonElement data)
    {
        var mail = new JsonMembers(data);
        JsonMembers report = mail.GetRequiredObject("report");
        return new MailArfReport
        {
            Kind = MailReportKind.Arf,
            Id = id,
            From = mail.GetText("from") ?? "",
            To = mail.GetTexts("to"),
            Subject = mail.GetText("subject") ?? "",
            FeedbackType = report.GetText("feedback_type") is { } type ? FeedbackType.Parse(type) : default,
            Received = report.GetUnixTime("arrival_date"),
            SourceIp = report.GetText("source_ip"),
            SourcePort = ToPort(report.GetNumber("source_port")),
            IncidentCount = report.GetNumber("incidents"),
            OriginalMailFrom = StripBrackets(report.GetText("original_mail_from")),
            OriginalRcptTo = StripBrackets(report.GetText("original_rcpt_to")),
            OriginalEnvelopeId = report.GetText("original_envelope_id"),
            ReportedDomain = report.GetTexts("reported_domain"),
            ReportedUri = report.GetTexts("reported_uri"),
            ReportingMta = report.GetText("reporting_mta"),
            UserAgent = report.GetText("user_agent"),
            Version = checked((int)report.GetNumber("version")),
            AuthenticationResults = report.GetTexts("authentication_results"),
            AuthFailure = report.GetText("auth_failure") ?? "Unspecified",
            DeliveryResult = report.GetText("delivery_result") ?? "Unspecified",
            IdentityAlignment = report.GetText("identity_alignment") ?? "Unspecified",
            DkimDomain = report.GetText("dkim_domain"),
            DkimIdentity = report.GetText("dkim_identity"),
            DkimSelector = report.GetText("dkim_selector"),
            SpfDns = report.GetText("spf_dns"),
            Message = report.GetText("message"),
            Headers = report.GetText("headers"),
            AdditionalData = report.GetUnknownMembers(),
        };
    }

    /// <summary>A report that waits to be sent.</summary>
    public static MailQueueReport ReadQueued(string id, JsonElement data)
    {
        var all = new JsonMembers(data);
        JsonMembers report = all.GetRequiredObject("report");
        MailQueueReport read = ReportId.ParseQueued(id);
        read.Domain = all.GetText("domain") ?? "";
        read.Begin = all.GetTime("range_from");
        read.End = all.GetTime("range_to");
        read.ReportTo = new StringList(all.GetList("rua", ReadTarget));
        if (read.Kind == MailReportKind.Dmarc)
        {
            read.ReportId = report.GetObject("report_metadata").GetText("report_id") ?? "";
            read.PublishedPolicy = ReadPublishedPolicy(report);
            read.Record = report.GetList("record", ReadRecord);
        }
        else
        {
            read.ReportId = report.GetText("report-id") ?? "";
            read.Policy = report.GetList("policies", ReadTlsPolicy);
        }
        read.AdditionalData = all.GetUnknownMembers("type", "id");
        return read;
    }

    private static DmarcPublishedPolicy ReadPublishedPolicy(JsonMembers report)
    {
        JsonMembers policy = report.GetObject("policy_published");
        return new DmarcPublishedPolicy
        {
            Domain = policy.GetText("domain") ?? "",
            Version = policy.GetText("version_published"),
            DkimAlignment = policy.GetText("adkim") is { } dkim ? DmarcAlignment.Parse(dkim) : default,
            SpfAlignment = policy.GetText("aspf") is { } spf ? DmarcAlignment.Parse(spf) : default,
            Policy = ParsePolicy(policy, "p"),
            SubdomainPolicy = ParsePolicy(policy, "sp"),
            Testing = policy.GetFlag("testing"),
            FailureOption = policy.GetText("fo"),
        };
    }

    private static MailDmarcRecord ReadRecord(JsonMembers record)
    {
        JsonMembers row = record.GetObject("row");
        JsonMembers evaluated = row.GetObject("policy_evaluated");
        JsonMembers names = record.GetObject("identifiers");
        JsonMembers checks = record.GetObject("auth_results");
        return new MailDmarcRecord
        {
            SourceIp = row.GetText("source_ip"),
            MessageCount = row.GetNumber("count"),
            Disposition = ParsePolicy(evaluated, "disposition"),
            Dkim = ParseResult(evaluated, "dkim"),
            Spf = ParseResult(evaluated, "spf"),
            Reason = evaluated.GetList("reason", reason => new DmarcOverride(reason.GetText("type_") ?? "", reason.GetText("comment"))),
            HeaderFrom = names.GetText("header_from") ?? "",
            EnvelopeFrom = names.GetText("envelope_from") is { Length: > 0 } from ? from : null,
            EnvelopeTo = names.GetText("envelope_to"),
            DkimResult = checks.GetList("dkim", check => new DkimCheck(check.GetText("domain") ?? "", check.GetText("selector") ?? "", ParseResult(check, "result"), check.GetText("human_result"))),
            SpfResult = checks.GetList("spf", check => new SpfCheck(check.GetText("domain") ?? "", check.GetText("scope") ?? "", ParseResult(check, "result"), check.GetText("human_result"))),
        };
    }

    private static MailTlsPolicy ReadTlsPolicy(JsonMembers seen)
    {
        JsonMembers policy = seen.GetObject("policy");
        JsonMembers summary = seen.GetObject("summary");
        return new MailTlsPolicy
        {
            Domain = policy.GetText("policy-domain") ?? "",
            Type = policy.GetText("policy-type") is { } type ? TlsPolicyType.Parse(type) : default,
            PolicyString = policy.GetTexts("policy-string"),
            MxHost = policy.GetTexts("mx-host"),
            SuccessCount = summary.GetNumber("total-successful-session-count"),
            FailureCount = summary.GetNumber("total-failure-session-count"),
            Failure = seen.GetList("failure-details", failure => new MailTlsFailure
            {
                Result = failure.GetText("result-type") is { } result ? TlsResult.Parse(result) : default,
                FailureCount = failure.GetNumber("failed-session-count"),
                SendingIp = failure.GetText("sending-mta-ip"),
                ReceivingHost = failure.GetText("receiving-mx-hostname"),
                ReceivingHelo = failure.GetText("receiving-mx-helo"),
                ReceivingIp = failure.GetText("receiving-ip"),
                AdditionalInformation = failure.GetText("additional-information"),
                ReasonCode = failure.GetText("failure-reason-code"),
            }),
        };
    }

    private static DmarcPolicy ParsePolicy(JsonMembers members, string name) => members.GetText(name) is { } word ? DmarcPolicy.Parse(word) : default;

    private static AuthenticationResult ParseResult(JsonMembers members, string name) => members.GetText(name) is { } word ? AuthenticationResult.Parse(word) : default;

    // DMARC: {"uri","max_size"}; TLS: {"Mail"} or {"Http"}.
    private static string ReadTarget(JsonMembers target) => target.GetText("uri") ?? target.GetText("Mail") ?? target.GetText("Http") ?? "";

    /// <summary>A port; null where none is said: before 0.16 the server says 0 of one that the report does not have.</summary>
    internal static int? ToPort(long said) => said is > 0 and <= ushort.MaxValue ? (int)said : null;

    /// <summary>An address without the angle brackets that a report may have around it.</summary>
    internal static string? StripBrackets(string? address) => address is ['<', .. var inner, '>'] ? inner : address;
}
