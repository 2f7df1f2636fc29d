using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Logs;

/// <summary><c>GET /api/logs</c>: the newest lines first. The total is an estimate where the search stopped before the end.</summary>
internal sealed class LogsEndpoint(ServerLog log)
{
    private const int DefaultLimit = 100;

    public SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("logs-view");
        if (!log.IsEnabled)
        {
            throw ApiException.Unsupported("There is no log to read.");
        }

        string? filter = call.Query["filter"];
        IEnumerable<LogLine> matches = log.NewestFirst.Where(line => filter is null || line.Raw.Contains(filter, StringComparison.Ordinal));
        (LogLine[] items, long total) = GetPage([.. matches], call.Query);
        return Responses.Page(items, total, WriteLine);
    }

    private static void WriteLine(Utf8JsonWriter json, LogLine line)
    {
        json.WriteStartObject();
        json.WriteString("timestamp"u8, line.FormattedTime);
        json.WriteString("level"u8, line.Level.GetName());
        json.WriteString("event"u8, line.Message);
        json.WriteString("event_id"u8, line.Id);
        json.WriteString("details"u8, line.Details);
        json.WriteEndObject();
    }

    /// <summary>The total counts the lines up to the end of the page, and one more page where more follow.</summary>
    private static (LogLine[] Items, long Total) GetPage(LogLine[] matches, QueryValues query)
    {
        long limit = (long)Math.Min(query.GetUInt64("limit") ?? DefaultLimit, int.MaxValue);
        if (limit == 0)
        {
            return (matches, matches.Length);
        }

        long end = Math.Max(query.GetInt32("page"), 1) * limit;
        int start = (int)Math.Min(end - limit, matches.Length);
        int seen = (int)Math.Min(end, matches.Length);
        return (matches[start..seen], seen + (seen < matches.Length ? limit : 0));
    }
}
