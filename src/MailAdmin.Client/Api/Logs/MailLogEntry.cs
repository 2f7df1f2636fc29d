using System.Text.Json;
using MailAdmin.Client.Api.Logs;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>An entry of the server's log (GET /logs). It has no id, and its time has whole seconds: two entries are equal when time, level, event and details are, and may still be two.</summary>
public sealed class MailLogEntry : ServerObject, IEquatable<MailLogEntry>
{
    /// <summary>When it was written, in whole seconds.</summary>
    public DateTimeOffset Timestamp { get; internal set; }
    /// <summary>How important it is.</summary>
    public LogLevel Level { get; internal set; } = LogLevel.Info;
    /// <summary>The stable name of the event, such as <c>auth.failed</c>.</summary>
    public string EventId { get; internal set; } = "";
    /// <summary>What happened, as the server says it.</summary>
    public string Event { get; internal set; } = "";
    /// <summary>What the server noted about it: <c>key = value</c> pairs, separated by commas.</summary>
    public string Details { get; internal set; } = "";
    /// <summary>
    /// The details by their keys, as text without quotes, in their order; empty where the text is ambiguous. Meant for reading and sorting: servers
    /// do not promise to escape quotes, so what a remote side sent may look like further pairs.
    /// </summary>
    public NamedValues Data => LogDetails.Parse(Details);
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; internal set; } = NamedValues.Empty;

    /// <inheritdoc/>
    public bool Equals(MailLogEntry? other) =>
        other is not null && Timestamp == other.Timestamp && Level == other.Level && EventId == other.EventId && Details == other.Details && Event == other.Event;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MailLogEntry);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Timestamp, EventId, Details);

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Timestamp:yyyy-MM-dd'T'HH:mm:ssK} {Level} {EventId} {Details}").TrimEnd();

    /// <summary>Reads the object the reader stands on, and leaves the reader at its end.</summary>
    internal static MailLogEntry Read(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        DateTimeOffset? timestamp = null;
        var entry = new MailLogEntry { Timestamp = default };
        var extra = new UnknownMembers();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "timestamp": timestamp = reader.GetDateTimeOffset(); break;
                case "level" when LogLevelWords.Find(reader.GetString()) is { } level: entry.Level = level; break;
                case "level": entry.Level = LogLevel.Other; goto default;
                case "event": entry.Event = reader.GetString() ?? ""; break;
                case "event_id": entry.EventId = reader.GetString() ?? ""; break;
                case "details": entry.Details = reader.GetString() ?? ""; break;
                default: extra.Add(name, ref reader); break;
            }
        }
        entry.Timestamp = timestamp ?? throw new JsonException("A log entry has a time.");
        entry.AdditionalData = extra.ToValues();
        return entry;
    }
}
