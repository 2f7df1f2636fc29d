namespace MailAdmin.Client;

/// <summary>What a listing of queued reports asks for (GET /queue/reports).</summary>
public sealed record QueueReportQuery
{
    /// <summary>Only reports of this kind: <c>Dmarc</c> or <c>Tls</c>.</summary>
    public MailReportKind? Kind { get; init; }
    /// <summary>A part of the domain; null = all. An empty one is refused, as it would be everything.</summary>
    public string? Domain { get; init; }
    /// <summary>How many to leave out at the start.</summary>
    public long Skip { get; init; }
    /// <summary>How many at most; null = all.</summary>
    public long? First { get; init; }
}
