namespace MailAdmin.Client;

/// <summary>The kinds of reports that mail servers send each other.</summary>
public enum MailReportKind : long
{
    /// <summary>Aggregate DMARC reports (RFC 7489).</summary>
    Dmarc,
    /// <summary>TLS reports (RFC 8460).</summary>
    Tls,
    /// <summary>Abuse reports (RFC 5965).</summary>
    Arf,
}
