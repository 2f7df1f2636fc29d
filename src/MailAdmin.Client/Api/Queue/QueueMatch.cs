using System.Text.Json;

namespace MailAdmin.Client.Api.Queue;

/// <summary>What a query of the queue asks for, compared here; and the part of it that a server from 0.16 on can be left to do.</summary>
internal sealed class QueueMatch(QueueQuery query)
{
    private const char AddressSign = '@';
    private readonly QueueFilter _filter = query.Filter ?? QueueFilter.Everything;

    /// <summary>Whether every message is meant.</summary>
    public bool IsEverything => _filter.IsEverything && query.DueBefore is null && query.DueAfter is null;

    /// <summary>Whether no message can be meant: the server takes such times for an error.</summary>
    public bool IsEmpty => query.DueAfter >= query.DueBefore;

    /// <summary>Writes the server's filter; null = everything. It leaves nothing out that is meant, and may find more.</summary>
    public Action<Utf8JsonWriter>? Narrow
    {
        get
        {
            (string Property, string? Value)[] conditions =
            [
                ("text", GetSafePart(_filter.Text)),
                ("returnPath", GetSafePart(_filter.From)),
                ("to", GetSafePart(_filter.To)),
                ("dueIsLessThanOrEqual", WireTime.Ceiling(query.DueBefore)),
                ("dueIsGreaterThanOrEqual", WireTime.Floor(query.DueAfter)),
            ];
            (string Property, string? Value)[] given = [.. conditions.Where(condition => condition.Value is not null)];
            return given.Length == 0 ? null : writer => Array.ForEach(given, condition => writer.WriteString(condition.Property, condition.Value));
        }
    }

    /// <summary>Whether a message is meant.</summary>
    public bool IsMatch(MailQueueMessage message) =>
        (_filter.Text is not { } text || Contains(message.From, text) || message.To.Any(address => Contains(address, text)))
        && (_filter.From is not { } from || Contains(message.From, from))
        && (_filter.To is not { } to || message.To.Any(address => Contains(address, to)))
        && (query.DueBefore is not { } before || message.NextRetry < before)
        && (query.DueAfter is not { } after || message.NextRetry > after);

    // The server keeps domains in small letters and what is before them as it was sent: only a part that begins a domain, or has no letters, means the same to it.
    private static string? GetSafePart(string? part) =>
        part is null || !part.Any(char.IsLetter) ? part
        : part.LastIndexOf(AddressSign) is >= 0 and int sign && sign < part.Length - 1 ? part[sign..]
        : null;

    private static bool Contains(string address, string part) => address.Contains(part, StringComparison.OrdinalIgnoreCase);
}
