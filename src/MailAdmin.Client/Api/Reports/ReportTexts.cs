namespace MailAdmin.Client.Api.Reports;

/// <summary>The texts of a received report in which a part is looked for: those that servers before 0.16 look through, where a later one finds whole words alone.</summary>
internal static class ReportTexts
{
    /// <summary>Whether one of them contains a part, whatever its capitals.</summary>
    public static bool Contain(ReceivedReport report, string part) =>
        GetTexts(report).Any(text => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true);

    private static IEnumerable<string?> GetTexts(ReceivedReport report) => ((IEnumerable<string?>)[report.From, .. report.To, report.Subject]).Concat(report switch
    {
        MailDmarcReport dmarc => GetTexts(dmarc),
        MailTlsReport tls => GetTexts(tls),
        MailArfReport arf => GetTexts(arf),
        _ => [],
    });

    private static IEnumerable<string?> GetTexts(MailDmarcReport report) =>
    [
        report.Organization, report.Email, report.ExtraContact, report.ReportId, report.Domain, .. report.ReportError,
        .. report.Record.SelectMany(record => (IEnumerable<string?>)
        [
            record.SourceIp, record.HeaderFrom, record.EnvelopeFrom, record.EnvelopeTo,
            .. record.DkimResult.SelectMany(check => (IEnumerable<string?>)[check.Domain, check.Selector]),
            .. record.SpfResult.Select(check => check.Domain),
        ]),
    ];

    private static IEnumerable<string?> GetTexts(MailTlsReport report) =>
    [
        report.Organization, report.ContactInfo, report.ReportId,
        .. report.Policy.SelectMany(policy => (IEnumerable<string?>)
        [
            policy.Domain, .. policy.PolicyString, .. policy.MxHost,
            .. policy.Failure.SelectMany(failure => (IEnumerable<string?>)[failure.SendingIp, failure.ReceivingHost, failure.ReceivingHelo, failure.ReceivingIp, failure.AdditionalInformation]),
        ]),
    ];

    private static IEnumerable<string?> GetTexts(MailArfReport report) =>
    [
        report.SourceIp, report.OriginalMailFrom, report.OriginalRcptTo, report.OriginalEnvelopeId, .. report.ReportedDomain, .. report.ReportedUri,
        report.ReportingMta, report.UserAgent, report.DkimDomain, report.DkimIdentity, report.DkimSelector,
    ];
}
