namespace MailAdmin.Client;

/// <summary>A DMARC or TLS report that waits to be sent (GET /queue/reports, GET /queue/reports/{id}).</summary>
public sealed class MailQueueReport : ServerObject
{
    /// <summary>The kind: <c>Dmarc</c> or <c>Tls</c>.</summary>
    public required MailReportKind Kind { get; init; }
    /// <summary>The id, such as <c>d!example.net!1655280429126379915!1795392000!1795478400</c>; from 0.16 on such as <c>jq7g9rkyaiqa</c>.</summary>
    public required string Id { get; init; }
    /// <summary>The domain it is about.</summary>
    public string Domain { get; internal set; } = "";
    /// <summary>The start of the time it covers.</summary>
    public DateTimeOffset? Begin { get; internal set; }
    /// <summary>The end of the time it covers, when it is sent.</summary>
    public DateTimeOffset? End { get; internal set; }
    /// <summary>When it was begun; null before 0.16.</summary>
    public DateTimeOffset? Created { get; internal set; }
    /// <summary>When it is sent, where that may be another time than the end of what it covers; null before 0.16.</summary>
    public DateTimeOffset? Due { get; internal set; }
    /// <summary>Whom it is sent to.</summary>
    public StringList ReportTo { get; internal set; } = StringList.Empty;
    /// <summary>The reporter's own id of the report.</summary>
    public string ReportId { get; internal set; } = "";
    /// <summary>The DMARC policy it is about; null in a TLS report.</summary>
    public DmarcPublishedPolicy? PublishedPolicy { get; internal set; }
    /// <summary>The records of a DMARC report.</summary>
    public ItemList<MailDmarcRecord> Record { get; internal set; } = ItemList<MailDmarcRecord>.Empty;
    /// <summary>The policies of a TLS report.</summary>
    public ItemList<MailTlsPolicy> Policy { get; internal set; } = ItemList<MailTlsPolicy>.Empty;
    /// <summary>How many records or policies it has.</summary>
    public int RecordCount => Record.Count + Policy.Count;
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; internal set; } = NamedValues.Empty;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
