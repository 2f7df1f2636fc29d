using MailAdmin.Client.Api.Reports;

namespace MailAdmin.Client;

/// <summary>An aggregate DMARC report about one of the server's domains (GET /reports/dmarc/{id}).</summary>
public sealed class MailDmarcReport : ReceivedReport
{
    /// <summary>The organisation that reports.</summary>
    public string Organization { get; init; } = "";
    /// <summary>Its address.</summary>
    public string Email { get; init; } = "";
    /// <summary>More ways to reach it.</summary>
    public string? ExtraContact { get; init; }
    /// <summary>The reporter's own id of the report.</summary>
    public string ReportId { get; init; } = "";
    /// <summary>The start of the time it covers.</summary>
    public DateTimeOffset? Begin { get; init; }
    /// <summary>The end of the time it covers.</summary>
    public DateTimeOffset? End { get; init; }
    /// <summary>What went wrong while it was made.</summary>
    public StringList ReportError { get; init; } = StringList.Empty;
    /// <summary>The policy it found published.</summary>
    public DmarcPublishedPolicy PublishedPolicy { get; init; } = new();
    /// <summary>The domain it is about.</summary>
    public string Domain => PublishedPolicy.Domain;
    /// <summary>What the domain asks for.</summary>
    public string Policy => PublishedPolicy.Policy;
    /// <summary>One record per source and outcome.</summary>
    public ItemList<MailDmarcRecord> Record { get; init; } = ItemList<MailDmarcRecord>.Empty;
    /// <summary>How many messages it covers.</summary>
    public long MessageCount => ReportCounts.Sum(Record.Select(record => record.MessageCount));
    /// <summary>How many of them passed neither by DKIM nor by SPF.</summary>
    public long FailureCount => ReportCounts.Sum(Record.Where(record => !record.Passed).Select(record => record.MessageCount));
}
