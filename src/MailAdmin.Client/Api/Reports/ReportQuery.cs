namespace MailAdmin.Client;

/// <summary>What a listing of received reports asks for (GET /reports/dmarc, /reports/tls, /reports/arf).</summary>
public sealed record ReportQuery
{
    /// <summary>A part of any text of the report; null = all. An empty one is refused, as it would be everything.</summary>
    public string? Text { get; init; }
    /// <summary>How many to leave out at the start, the newest first.</summary>
    public long Skip { get; init; }
    /// <summary>How many at most; null = all.</summary>
    public long? First { get; init; }
}
