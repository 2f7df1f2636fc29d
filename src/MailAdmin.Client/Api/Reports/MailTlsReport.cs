using MailAdmin.Client.Api.Reports;

namespace MailAdmin.Client;

/// <summary>A TLS report about one of the server's domains (GET /reports/tls/{id}).</summary>
public sealed class MailTlsReport : ReceivedReport
{
    /// <summary>The organisation that reports.</summary>
    public string Organization { get; init; } = "";
    /// <summary>How to reach it.</summary>
    public string? ContactInfo { get; init; }
    /// <summary>The reporter's own id of the report.</summary>
    public string ReportId { get; init; } = "";
    /// <summary>The start of the time it covers.</summary>
    public DateTimeOffset? Begin { get; init; }
    /// <summary>The end of the time it covers.</summary>
    public DateTimeOffset? End { get; init; }
    /// <summary>What was seen under each policy.</summary>
    public ItemList<MailTlsPolicy> Policy { get; init; } = ItemList<MailTlsPolicy>.Empty;
    /// <summary>The domains it is about.</summary>
    public StringList Domain => new(Policy.Select(policy => policy.Domain).Distinct());
    /// <summary>How many sessions succeeded.</summary>
    public long SuccessCount => ReportCounts.Sum(Policy.Select(policy => policy.SuccessCount));
    /// <summary>How many sessions failed.</summary>
    public long FailureCount => ReportCounts.Sum(Policy.Select(policy => policy.FailureCount));
}
