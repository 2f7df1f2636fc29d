using System.Globalization;
using System.Net;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Logs;

/// <summary>Writes what happens to mail into the log of a server from 0.16: each line begins with what its span began with.</summary>
internal sealed class TraceLog(ServerLog log)
{
    /// <summary>The steps of a conversation between hosts, of which a log tells only at a lower level.</summary>
    private static readonly HashSet<string> s_steps = new(StringComparer.Ordinal)
    {
        "delivery.connect", "delivery.ehlo", "delivery.mail-from", "delivery.mx-lookup", "delivery.start-tls", "delivery.start-tls-unavailable",
        "smtp.connection-end", "smtp.connection-start", "smtp.ehlo", "smtp.mail-from", "smtp.rcpt-to",
    };

    public void Write(TraceEvent traced)
    {
        if (IsLocalDelivery(traced) || traced.Span is { IsKept: false })
        {
            return;
        }

        IEnumerable<KeyValuePair<string, object?>> data = traced.Span is { } span && span.Start != traced ? span.Start.Data.Concat(traced.Data) : traced.Data;
        log.Write(new LogEvent(s_steps.Contains(traced.Type) ? LogLevel.Debug : LogLevel.Info, traced.Type, Describe(traced.Type), [.. data.Where(pair => pair.Value is not TraceEvent).Select(Format)]), traced.At);
    }

    /// <summary>That a message was put into a mailbox is told once.</summary>
    private static bool IsLocalDelivery(TraceEvent traced) => traced.Type == "delivery.delivered" && traced.Data.Any(pair => pair is { Key: "hostname", Value: "localhost" });

    /// <summary>A log names an event in words too; no client reads them.</summary>
    private static string Describe(string name)
    {
        string words = name.Replace('.', ' ').Replace('-', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static LogDetail Format(KeyValuePair<string, object?> pair) => pair.Value switch
    {
        string text => LogDetail.ExternalText(pair.Key, text),
        IEnumerable<string> texts => LogDetail.Plain(pair.Key, $"[{string.Join(", ", texts.Select(text => $"\"{text}\""))}]"),
        TimeSpan duration => LogDetail.Plain(pair.Key, string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalMilliseconds}ms")),
        DateTimeOffset time => LogDetail.Plain(pair.Key, Timestamp.Format(time)),
        IPAddress address => LogDetail.Plain(pair.Key, address.ToString()),
        IFormattable number => LogDetail.Plain(pair.Key, number.ToString(null, CultureInfo.InvariantCulture)),
        _ => LogDetail.Plain(pair.Key, "none"),
    };
}
