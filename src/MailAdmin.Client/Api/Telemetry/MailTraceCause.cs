using MailAdmin.Client.Api.Telemetry;

namespace MailAdmin.Client;

/// <summary>An event within an event, such as the error that caused it.</summary>
public sealed class MailTraceCause
{
    /// <summary>The stable name of the event.</summary>
    public required string Type { get; init; }
    /// <summary>What happened, as the server says it; null from 0.16 on.</summary>
    public string? Text { get; init; }
    /// <summary>What an event of this type means, as the server says it; null from 0.16 on.</summary>
    public string? Details { get; init; }
    /// <summary>What the server noted, as in <see cref="MailTraceEvent.Data"/>.</summary>
    public NamedValues Data { get; init; } = NamedValues.Empty;

    /// <inheritdoc/>
    public override string ToString() => TraceValues.GetText(Data, "reason") ?? TraceValues.GetText(Data, "details") ?? Text ?? Type;
}
