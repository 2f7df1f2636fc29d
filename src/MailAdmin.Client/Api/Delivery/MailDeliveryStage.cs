namespace MailAdmin.Client;

/// <summary>A stage of a delivery test (GET /troubleshoot/delivery/{target}, from 0.16 on GET /live/delivery/{target}). The last one, Completed, holds the verdict.</summary>
public sealed class MailDeliveryStage : ServerObject
{
    /// <summary>The address or domain that is tested, in lower case.</summary>
    public required string Target { get; init; }
    /// <summary>The server's word, such as <c>connectionError</c>.</summary>
    public required string Stage { get; init; }
    /// <summary>The step it belongs to.</summary>
    public string Step { get; init; } = DeliveryStep.Unknown;
    /// <summary>How far the step is. Of Completed: whether a host takes mail.</summary>
    public DeliveryOutcome Outcome { get; internal set; }
    /// <summary>The exchanger that is tried; null before the first one.</summary>
    public string? Hostname { get; internal set; }
    /// <summary>The address that is tried; null before the first one.</summary>
    public string? RemoteIp { get; internal set; }
    /// <summary>How long the step took, to the millisecond.</summary>
    public TimeSpan? Elapsed { get; internal set; }
    /// <summary>Why it failed, in the server's words. Of Completed: the verdict.</summary>
    public string? Reason { get; internal set; }
    /// <summary>The exchangers that were found.</summary>
    public ItemList<MailExchanger> Mx { get; init; } = ItemList<MailExchanger>.Empty;
    /// <summary>The MTA-STS policy that was found.</summary>
    public MtaStsPolicy? MtaSts { get; init; }
    /// <summary>Where the domain wants TLS reports.</summary>
    public StringList TlsReportUri { get; init; } = StringList.Empty;
    /// <summary>The exchanger's TLSA records.</summary>
    public ItemList<TlsaRecord> Tlsa { get; init; } = ItemList<TlsaRecord>.Empty;
    /// <summary>The exchanger's addresses.</summary>
    public StringList RemoteIps { get; init; } = StringList.Empty;
    /// <summary>Of Completed: the result of the test.</summary>
    public MailDeliverySummary? Summary { get; internal set; }
    /// <summary>Members of a later server.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <summary>What the stage reports: why it failed, what it found, or the address that is tried.</summary>
    public string Details
    {
        get
        {
            object?[] found = [Reason, Mx.Count > 0 ? Mx : null, MtaSts, TlsReportUri.Count > 0 ? TlsReportUri : null, Tlsa.Count > 0 ? Tlsa : null, RemoteIps.Count > 0 ? RemoteIps : null];
            return Stage == "connectionStart" && RemoteIp is not null ? RemoteIp : string.Join("; ", found.Where(part => part is not null));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Stage;
}
