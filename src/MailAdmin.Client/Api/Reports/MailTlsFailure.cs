namespace MailAdmin.Client;

/// <summary>TLS sessions that failed for one reason.</summary>
public sealed class MailTlsFailure
{
    /// <summary>The reason.</summary>
    public string Result { get; init; } = TlsResult.Other;
    /// <summary>How many sessions.</summary>
    public long FailureCount { get; init; }
    /// <summary>The address that wanted to send.</summary>
    public string? SendingIp { get; init; }
    /// <summary>The mail host it connected to.</summary>
    public string? ReceivingHost { get; init; }
    /// <summary>How that host greeted.</summary>
    public string? ReceivingHelo { get; init; }
    /// <summary>That host's address.</summary>
    public string? ReceivingIp { get; init; }
    /// <summary>Further explanation of the reporter.</summary>
    public string? AdditionalInformation { get; init; }
    /// <summary>The reporter's code of the failure.</summary>
    public string? ReasonCode { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Result}={FailureCount}";
}
