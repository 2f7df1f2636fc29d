namespace MailAdmin.Client;

/// <summary>The result of a delivery test: whether a host takes mail for the target, which, and if none, where each one failed.</summary>
public sealed class MailDeliverySummary : ServerObject
{
    /// <summary>The address or domain that was tested, in lower case.</summary>
    public required string Target { get; init; }
    /// <summary>Whether a host would take mail for it.</summary>
    public required bool Success { get; init; }
    /// <summary>The result as a sentence: which host, which step, why.</summary>
    public required string Verdict { get; init; }
    /// <summary>The exchanger that takes the mail, or the last one that failed; null when none was reached.</summary>
    public string? Hostname { get; init; }
    /// <summary>Its address.</summary>
    public string? RemoteIp { get; init; }
    /// <summary>The step that failed; Completed when none did.</summary>
    public string Step { get; init; } = DeliveryStep.Unknown;
    /// <summary>Why, in the server's words.</summary>
    public string? Reason { get; init; }
    /// <summary>Each exchanger and address that was tried, in order.</summary>
    public required ItemList<MailDeliveryAttempt> Attempt { get; init; }
    /// <summary>The exchangers of the domain.</summary>
    public required ItemList<MailExchanger> Mx { get; init; }
    /// <summary>The domain's MTA-STS policy; null where it has none.</summary>
    public MtaStsPolicy? MtaSts { get; init; }
    /// <summary>Where the domain wants TLS reports.</summary>
    public StringList TlsReportUri { get; init; } = StringList.Empty;
    /// <summary>The sum of what the steps took.</summary>
    public TimeSpan Elapsed { get; init; }
    /// <summary>Every stage but the last.</summary>
    public required ItemList<MailDeliveryStage> Stage { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Verdict;
}
