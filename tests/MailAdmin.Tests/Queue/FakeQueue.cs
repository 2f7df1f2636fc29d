using System.Collections.Specialized;
using System.Globalization;
using System.Web;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

/// <summary>A queue of a few lines behind a FakeServer: lists as the server does, and cancels all but the stubborn ones.</summary>
internal sealed class FakeQueue
{
    // Tests put mail in while the client asks.
    private readonly Lock _gate = new();

    public FakeQueue(int count = 0, TimeProvider? time = null)
    {
        Time = time ?? TimeProvider.System;
        Server = new FakeServer(Respond) { Time = Time };
        for (int i = 0; i < count; i++)
        {
            Add(342084653895266304UL + (ulong)i * 1001, $"sender{i}@example.org", $"rcpt{i}@remote.test");
        }
    }

    public FakeServer Server { get; }

    public TimeProvider Time { get; }

    public SortedDictionary<ulong, (string From, string[] To)> Messages { get; } = [];

    /// <summary>Outlive so many bulk cancellations.</summary>
    public Dictionary<ulong, int> SurvivedCancellations { get; } = [];

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(5);

    public bool IsRunning { get; set; } = true;

    public IEnumerable<string> WriteRequests => Server.RequestLines.Where(line => !line.StartsWith("GET", StringComparison.Ordinal));

    public void Add(ulong id, string from, params string[] to)
    {
        lock (_gate)
        {
            Messages[id] = (from, to);
        }
    }

    private HttpResponseMessage Respond(RecordedRequest request)
    {
        lock (_gate)
        {
            return Dispatch(request);
        }
    }

    private HttpResponseMessage Dispatch(RecordedRequest request)
    {
        string[] path = request.Uri.AbsolutePath.Split('/');
        NameValueCollection query = HttpUtility.ParseQueryString(request.Uri.Query);
        return (request.Method.Method, path) switch
        {
            ("GET", [.., "queue", "messages"]) => ListMessages(query),
            ("DELETE", [.., "queue", "messages"]) => Cancel(query),
            ("PATCH", [.., "queue", "messages"]) => TestResponses.Data(FindMatching(query).Any() ? "true" : "false"),
            ("GET", [.., "messages", var id]) => GetMessage(ParseNumber(id)),
            ("DELETE", [.., "messages", var id]) => Remove(ParseNumber(id), query),
            ("PATCH", [.., "messages", var id]) => Messages.ContainsKey(ParseNumber(id)) ? TestResponses.Data("true") : TestResponses.Problem(404, "Not Found"),
            ("GET", [.., "queue", "status"]) => TestResponses.Data(IsRunning ? "true" : "false"),
            ("PATCH", [.., "status", var word]) => SetStatus(word),
            _ => TestResponses.Problem(404, "Not Found"),
        };
    }

    private static ulong ParseNumber(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private HttpResponseMessage SetStatus(string word)
    {
        bool before = IsRunning;
        IsRunning = word != "stop";
        return TestResponses.Data(before ? "true" : "false");
    }

    private IEnumerable<KeyValuePair<ulong, (string From, string[] To)>> FindMatching(System.Collections.Specialized.NameValueCollection query)
    {
        string? text = query["text"];
        string? from = text is null ? query["from"] : null;
        string? to = text is null ? query["to"] : null;
        ulong start = query["range-start"] is { } first ? ParseNumber(first) : 0;
        return Messages.Where(m => m.Key >= start
            && (text is null || m.Value.From.Contains(text, StringComparison.Ordinal) || m.Value.To.Any(t => t.Contains(text, StringComparison.Ordinal)))
            && (from is null || m.Value.From.Contains(from, StringComparison.Ordinal))
            && (to is null || m.Value.To.Any(t => t.Contains(to, StringComparison.Ordinal))));
    }

    private HttpResponseMessage ListMessages(System.Collections.Specialized.NameValueCollection query)
    {
        KeyValuePair<ulong, (string From, string[] To)>[] all = [.. FindMatching(query)];
        int total = query["max-total"] is { } most ? Math.Min(all.Length, (int)ParseNumber(most)) : all.Length;
        int limit = query["limit"] is { } size && size != "0" ? (int)ParseNumber(size) : all.Length;
        int skip = query["page"] is { } page && page != "0" && query["limit"] is not null ? ((int)ParseNumber(page) - 1) * limit : 0;
        IEnumerable<string> items = all.Skip(skip).Take(limit).Select(m => query["values"] is null ? m.Key.ToString(CultureInfo.InvariantCulture) : ToJson(m.Key));
        return TestResponses.Data($$"""{"items":[{{string.Join(',', items)}}],"total":{{total}},"status":true}""");
    }

    private HttpResponseMessage GetMessage(ulong id) => Messages.ContainsKey(id) ? TestResponses.Data(ToJson(id)) : TestResponses.Problem(404, "Not Found");

    private HttpResponseMessage Remove(ulong id, System.Collections.Specialized.NameValueCollection query)
    {
        if (!Messages.ContainsKey(id))
        {
            return TestResponses.Problem(404, "Not Found");
        }
        if (query["filter"] is null && SurvivedCancellations.GetValueOrDefault(id) <= 1)
        {
            Messages.Remove(id);
        }
        return TestResponses.Data("true");
    }

    private HttpResponseMessage Cancel(System.Collections.Specialized.NameValueCollection query)
    {
        ulong[] ids = [.. FindMatching(query).Select(m => m.Key)];
        foreach (ulong id in ids)
        {
            if (SurvivedCancellations.GetValueOrDefault(id) == 0)
            {
                Messages.Remove(id);
            }
        }
        return TestResponses.Data(ids.Length > 0 ? "true" : "false");
    }

    private string ToJson(ulong id)
    {
        (string from, string[] to) = Messages[id];
        DateTimeOffset now = Time.GetUtcNow();
        string Text(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        IEnumerable<string> domains = to.GroupBy(t => t.Split('@')[1]).Select(g => $$"""
            {"name":"{{g.Key}}","status":"scheduled","recipients":[{{string.Join(',', g.Select(t => $$"""{"address":"{{t}}","status":"scheduled"}"""))}}],
             "retry_num":0,"next_retry":"{{Text(now)}}","next_notify":null,"expires":"{{Text(now + Lifetime)}}"}
            """);
        return $$"""{"id":{{id}},"return_path":"{{from}}","domains":[{{string.Join(',', domains)}}],"created":"{{Text(now)}}","size":220,"blob_hash":"blob"}""";
    }
}
