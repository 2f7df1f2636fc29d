using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Reports;

/// <summary>Reads the reports of a server from 0.16 on (docs/api-0.16.md §8.6). What a report does not say is null, empty or <c>unspecified</c> there.</summary>
internal static class JmapReportReader
{
    private const string TypeMember = "@type";
    private static readonly (string Word, string Tag)[] s_failureOptions = [("all", "0"), ("any", "1"), ("dkimFailure", "d"), ("spfFailure", "s")];

    /// <summary>What each received report has.</summary>
    public static MailReport ReadHeader(MailReportKind kind, JsonElement item)
    {
        var mail = new JsonMembers(item);
        return new MailReport { Kind = kind, Id = ReadId(mail), Created = mail.GetTime("receivedAt"), Expires = mail.GetTime("expiresAt") };
    }

    /// <summary>A received report.</summary>
    public static ReceivedReport Read(MailReportKind kind, JsonElement item)
    {
        var mail = new JsonMembers(item.EnsureReadable());
        JsonMembers report = mail.GetRequiredObject("report");
        return kind switch
        {
            MailReportKind.Dmarc => ReadDmarc(mail, report),
            MailReportKind.Tls => ReadTls(mail, report),
            MailReportKind.Arf => ReadArf(mail, report),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>A report that waits to be sent.</summary>
    public static MailQueueReport ReadQueued(MailReportKind kind, JsonElement item)
    {
        var all = new JsonMembers(item.EnsureReadable());
        JsonMembers report = all.GetObject("report");
        bool isDmarc = kind == MailReportKind.Dmarc;
        return new MailQueueReport
        {
            Kind = kind,
            Id = ReadId(all),
            Domain = all.GetText("domain") ?? "",
            Created = all.GetTime("createdAt"),
            Due = all.GetTime("deliverAt"),
            Begin = report.GetTime(isDmarc ? "dateRangeBegin" : "dateRangeStart"),
            End = report.GetTime("dateRangeEnd"),
            ReportTo = isDmarc ? all.GetSet("rua") : new StringList(all.GetSet("mailRua").Concat(all.GetSet("httpRua"))),
            ReportId = report.GetText("reportId") ?? "",
            PublishedPolicy = isDmarc ? ReadPublishedPolicy(report) : null,
            Record = report.GetNumbered("records", ReadRecord),
            Policy = report.GetNumbered("policies", ReadTlsPolicy),
            AdditionalData = GetUnknown(all),
        };
    }

    private static MailDmarcReport ReadDmarc(JsonMembers mail, JsonMembers report) => new()
    {
        Kind = MailReportKind.Dmarc,
        Id = ReadId(mail),
        Created = mail.GetTime("receivedAt"),
        Expires = mail.GetTime("expiresAt"),
        From = mail.GetText("from") ?? "",
        To = mail.GetSet("to"),
        Subject = mail.GetText("subject") ?? "",
        Organization = report.GetText("orgName") ?? "",
        Email = report.GetText("email") ?? "",
        ExtraContact = report.GetText("extraContactInfo"),
        ReportId = report.GetText("reportId") ?? "",
        Begin = report.GetTime("dateRangeBegin"),
        End = report.GetTime("dateRangeEnd"),
        ReportError = report.GetSet("errors"),
        PublishedPolicy = ReadPublishedPolicy(report),
        Record = report.GetNumbered("records", ReadRecord),
        AdditionalData = GetUnknown(mail, report, "version", "extensions"),
    };

    private static MailTlsReport ReadTls(JsonMembers mail, JsonMembers report) => new()
    {
        Kind = MailReportKind.Tls,
        Id = ReadId(mail),
        Created = mail.GetTime("receivedAt"),
        Expires = mail.GetTime("expiresAt"),
        From = mail.GetText("from") ?? "",
        To = mail.GetSet("to"),
        Subject = mail.GetText("subject") ?? "",
        Organization = report.GetText("organizationName") ?? "",
        ContactInfo = report.GetText("contactInfo"),
        ReportId = report.GetText("reportId") ?? "",
        Begin = report.GetTime("dateRangeStart"),
        End = report.GetTime("dateRangeEnd"),
        Policy = report.GetNumbered("policies", ReadTlsPolicy),
        AdditionalData = GetUnknown(mail, report),
    };

    private static MailArfReport ReadArf(JsonMembers mail, JsonMembers report) => new()
    {
        Kind = MailReportKind.Arf,
        Id = ReadId(mail),
        Created = mail.GetTime("receivedAt"),
        Expires = mail.GetTime("expiresAt"),
        From = mail.GetText("from") ?? "",
        To = mail.GetSet("to"),
        Subject = mail.GetText("subject") ?? "",
        FeedbackType = report.GetText("feedbackType") is { } type ? FeedbackType.Parse(type) : default,
        Received = report.GetTime("arrivalDate"),
        SourceIp = report.GetText("sourceIp"),
        SourcePort = ReportReader.ToPort(report.GetNumber("sourcePort")),
        IncidentCount = report.GetNumber("incidents"),
        OriginalMailFrom = ReportReader.StripBrackets(report.GetText("originalMailFrom")),
        OriginalRcptTo = ReportReader.StripBrackets(report.GetText("originalRcptTo")),
        OriginalEnvelopeId = report.GetText("originalEnvelopeId"),
        ReportedDomain = report.GetSet("reportedDomains"),
        ReportedUri = report.GetSet("reportedUris"),
        ReportingMta = report.GetText("reportingMta"),
        UserAgent = report.GetText("userAgent"),
        Version = ToInt32(report.GetNumber("version")),
        AuthenticationResults = report.GetSet("authenticationResults"),
        AuthFailure = ReadWord(report, "authFailure"),
        DeliveryResult = ReadWord(report, "deliveryResult"),
        IdentityAlignment = ReadWord(report, "identityAlignment"),
        DkimDomain = report.GetText("dkimDomain"),
        DkimIdentity = report.GetText("dkimIdentity"),
        DkimSelector = report.GetText("dkimSelector"),
        SpfDns = report.GetText("spfDns"),
        Message = report.GetText("message"),
        Headers = report.GetText("headers"),
        AdditionalData = GetUnknown(mail, report),
    };

    private static DmarcPublishedPolicy ReadPublishedPolicy(JsonMembers report) => new()
    {
        Domain = report.GetText("policyDomain") ?? "",
        Version = report.GetText("policyVersion"),
        DkimAlignment = report.GetText("policyAdkim") is { } dkim ? DmarcAlignment.Parse(dkim) : default,
        SpfAlignment = report.GetText("policyAspf") is { } spf ? DmarcAlignment.Parse(spf) : default,
        Policy = ReadPolicy(report, "policyDisposition"),
        SubdomainPolicy = ReadPolicy(report, "policySubdomainDisposition"),
        Testing = report.GetFlag("policyTestingMode"),
        FailureOption = FormatFailureOptions(report.GetSet("policyFailureReportingOptions")),
    };

    private static MailDmarcRecord ReadRecord(JsonMembers record) => new()
    {
        SourceIp = record.GetText("sourceIp"),
        MessageCount = record.GetNumber("count"),
        Disposition = ReadPolicy(record, "evaluatedDisposition"),
        Dkim = ReadResult(record, "evaluatedDkim"),
        Spf = ReadResult(record, "evaluatedSpf"),
        Reason = record.GetNumbered("policyOverrideReasons", reason => new DmarcOverride(reason.GetText("overrideType") ?? "", reason.GetText("comment"))),
        HeaderFrom = record.GetText("headerFrom") ?? "",
        EnvelopeFrom = record.GetText("envelopeFrom") is { Length: > 0 } from ? from : null,
        EnvelopeTo = record.GetText("envelopeTo"),
        DkimResult = record.GetNumbered("dkimResults", check => new DkimCheck(check.GetText("domain") ?? "", check.GetText("selector") ?? "", ReadResult(check, "result"), check.GetText("humanResult"))),
        SpfResult = record.GetNumbered("spfResults", check => new SpfCheck(check.GetText("domain") ?? "", ReadWord(check, "scope"), ReadResult(check, "result"), check.GetText("humanResult"))),
    };

    private static MailTlsPolicy ReadTlsPolicy(JsonMembers policy) => new()
    {
        Domain = policy.GetText("policyDomain") ?? "",
        Type = policy.GetText("policyType") is { } type ? TlsPolicyType.ParseJoined(type) : default,
        PolicyString = policy.GetSet("policyStrings"),
        MxHost = policy.GetSet("mxHosts"),
        SuccessCount = policy.GetNumber("totalSuccessfulSessions"),
        FailureCount = policy.GetNumber("totalFailedSessions"),
        Failure = policy.GetNumbered("failureDetails", failure => new MailTlsFailure
        {
            Result = failure.GetText("resultType") is { } result ? TlsResult.ParseJoined(result) : default,
            FailureCount = failure.GetNumber("failedSessionCount"),
            SendingIp = failure.GetText("sendingMtaIp"),
            ReceivingHost = failure.GetText("receivingMxHostname"),
            ReceivingHelo = failure.GetText("receivingMxHelo"),
            ReceivingIp = failure.GetText("receivingIp"),
            AdditionalInformation = failure.GetText("additionalInformation"),
            ReasonCode = failure.GetText("failureReasonCode"),
        }),
    };

    private static string ReadId(JsonMembers members) => members.GetText("id") ?? throw new JsonException("A report has an id.");

    private static DmarcPolicy ReadPolicy(JsonMembers members, string name) => DmarcPolicy.Parse(ReadWord(members, name));

    private static AuthenticationResult ReadResult(JsonMembers members, string name) => AuthenticationResult.Parse(ReadWord(members, name));

    private static string ReadWord(JsonMembers members, string name) => members.GetText(name) is { Length: > 0 } word ? OpenWords<DmarcPolicy>.Capitalize(word) : DmarcPolicy.Unspecified;

    // As the tag of the record has it; the server's order is none.
    private static string? FormatFailureOptions(StringList options)
    {
        string[] tags = [.. s_failureOptions.Where(option => options.Contains(option.Word)).Select(option => option.Tag), .. options.Except(s_failureOptions.Select(option => option.Word))];
        return tags.Length == 0 ? null : string.Join(':', tags);
    }

    private static NamedValues GetUnknown(JsonMembers all)
    {
        var unknown = new UnknownMembers();
        all.AddUnknownMembers(unknown, "report", TypeMember);
        return unknown.ToValues();
    }

    private static NamedValues GetUnknown(JsonMembers mail, JsonMembers report, params ReadOnlySpan<string> known)
    {
        var unknown = new UnknownMembers();
        mail.AddUnknownMembers(unknown, "report", TypeMember);
        report.AddUnknownMembers(unknown, known);
        return unknown.ToValues();
    }

    private static int ToInt32(long number) => (int)Math.Clamp(number, int.MinValue, int.MaxValue);
}
