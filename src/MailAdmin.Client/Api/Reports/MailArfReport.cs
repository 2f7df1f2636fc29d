namespace MailAdmin.Client;

/// <summary>An abuse report (GET /reports/arf/{id}).</summary>
public sealed class MailArfReport : ReceivedReport
{
    /// <summary>What the complaint is.</summary>
    public string FeedbackType { get; init; } = Client.FeedbackType.Other;
    /// <summary>When the mail arrived.</summary>
    public DateTimeOffset? Received { get; init; }
    /// <summary>The address it came from.</summary>
    public string? SourceIp { get; init; }
    /// <summary>The port it came from; null = not said.</summary>
    public int? SourcePort { get; init; }
    /// <summary>How many complaints the report stands for.</summary>
    public long IncidentCount { get; init; }
    /// <summary>The envelope sender, without angle brackets.</summary>
    public string? OriginalMailFrom { get; init; }
    /// <summary>The envelope recipient, without angle brackets.</summary>
    public string? OriginalRcptTo { get; init; }
    /// <summary>The envelope id.</summary>
    public string? OriginalEnvelopeId { get; init; }
    /// <summary>Domains complained about.</summary>
    public StringList ReportedDomain { get; init; } = StringList.Empty;
    /// <summary>Addresses of web pages complained about.</summary>
    public StringList ReportedUri { get; init; } = StringList.Empty;
    /// <summary>The server that reports.</summary>
    public string? ReportingMta { get; init; }
    /// <summary>The program that made the report.</summary>
    public string? UserAgent { get; init; }
    /// <summary>The version of the format.</summary>
    public int Version { get; init; }
    /// <summary>The Authentication-Results headers.</summary>
    public StringList AuthenticationResults { get; init; } = StringList.Empty;
    /// <summary>Which check failed; <c>Unspecified</c> when none is named.</summary>
    public string AuthFailure { get; init; } = "Unspecified";
    /// <summary>What became of the mail; <c>Unspecified</c> when not said.</summary>
    public string DeliveryResult { get; init; } = "Unspecified";
    /// <summary>Which identities agreed; <c>Unspecified</c> when not said.</summary>
    public string IdentityAlignment { get; init; } = "Unspecified";
    /// <summary>The DKIM domain.</summary>
    public string? DkimDomain { get; init; }
    /// <summary>The DKIM identity.</summary>
    public string? DkimIdentity { get; init; }
    /// <summary>The DKIM selector.</summary>
    public string? DkimSelector { get; init; }
    /// <summary>The SPF record.</summary>
    public string? SpfDns { get; init; }
    /// <summary>The mail complained about, where the server kept it.</summary>
    public string? Message { get; init; }
    /// <summary>Its headers, where the server kept them.</summary>
    public string? Headers { get; init; }
}
