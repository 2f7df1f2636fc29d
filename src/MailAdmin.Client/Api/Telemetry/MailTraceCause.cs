using System.Collections.ObjectModel;
using MailAdmin.Client.Api.Telemetry;

namespace MailAdmin.Client;

/// <summary>An event within an event, such as the error that caused it.</summary>
public sealed record MailTraceCause
{
    /// <summary>The stable name of the event.</summary>
    public required string Type { get; init; }
    /// <summary>What happened, as the server says it.</summary>
    public string? Text { get; init; }
    /// <summary>What an event of this type means, as the server says it.</summary>
    public string? Details { get; init; }
    /// <summary>What the server noted, as in <see cref="MailTraceEvent.Data"/>.</summary>
    public IReadOnlyDictionary<string, object?> Data { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <inheritdoc/>
    public override string ToString() => TraceValues.GetText(Data, "reason") ?? TraceValues.GetText(Data, "details") ?? Text ?? Type;
}
