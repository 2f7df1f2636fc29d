using System.Globalization;
using System.Text.Json;
using System.Web;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Logs;

/// <summary>A log of a few lines behind a FakeServer: read from its end backwards, counted as the server counts, growing as the test says.</summary>
internal sealed class FakeLog
{
    private readonly Lock _gate = new();

    public FakeLog(TimeProvider? time = null) => Server = new FakeServer(Respond) { Time = time ?? TimeProvider.System };

    public FakeServer Server { get; }

    /// <summary>The lines, the oldest first.</summary>
    public List<(long Second, string Level, string EventId, string Details)> Lines { get; } = [];

    /// <summary>Whether each call logs its request and its sign-in, as from 0.13 on, a moment before it is answered; every third one is on a new connection.</summary>
    public bool LogsRequests { get; set; }

    /// <summary>Told before each look, with its number from 1 on: what happened on the server meanwhile.</summary>
    public Action<int>? BeforeRead { get; set; }

    public int ReadCount { get; private set; }

    public void Add(long second, string details, string level = "INFO", string eventId = "test.line") => Lines.Add((second, level, eventId, details));

    private HttpResponseMessage Respond(RecordedRequest request)
    {
        lock (_gate)
        {
            ReadCount++;
            BeforeRead?.Invoke(ReadCount);
            long second = Lines.Count > 0 ? Lines[^1].Second : 0;
            if (LogsRequests)
            {
                string peer = $"listenerId = \"http\", localPort = 8080, remoteIp = 127.0.0.1, remotePort = {50000 + (ReadCount / 3)}";
                if (ReadCount % 3 == 0)
                {
                    Add(second, peer.Replace($"{50000 + (ReadCount / 3)}", $"{49999 + (ReadCount / 3)}", StringComparison.Ordinal) + ", elapsed = 9ms", "DEBUG", "http.connection-end");
                    Add(second, peer, "DEBUG", "http.connection-start");
                }
                Add(second, $"{peer}, url = \"{request.Target}\"", "DEBUG", "http.request-url");
                Add(second, $"{peer}, accountName = \"admin\"", "INFO", "auth.success");
            }
            return TestResponses.Data(CreatePage(HttpUtility.ParseQueryString(request.Uri.Query)));
        }
    }

    private string CreatePage(System.Collections.Specialized.NameValueCollection query)
    {
        int limit = query["limit"] is { } size ? int.Parse(size, null) : 100;
        int skip = limit == 0 ? 0 : ((query["page"] is { } page ? int.Parse(page, null) : 1) - 1) * limit;
        var matching = Enumerable.Reverse(Lines).Where(line => query["filter"] is not { } text || FormatLine(line).Contains(text, StringComparison.Ordinal)).ToList();
        var shown = matching.Skip(skip).Take(limit == 0 ? int.MaxValue : limit).ToList();
        long total = skip + shown.Count + (skip + shown.Count < matching.Count ? limit : 0);
        return $$"""{"items":[{{string.Join(',', shown.Select(ToJson))}}],"total":{{total}}}""";
    }

    private static string FormatLine((long Second, string Level, string EventId, string Details) line) => $"{FormatTimestamp(line.Second)} {line.Level} Test ({line.EventId}) {line.Details}";

    private static string ToJson((long Second, string Level, string EventId, string Details) line) =>
        $$"""{"timestamp":"{{FormatTimestamp(line.Second)}}","level":"{{line.Level}}","event":"Test","event_id":"{{line.EventId}}","details":"{{JsonEncodedText.Encode(line.Details)}}"}""";

    private static string FormatTimestamp(long second) => DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 + second).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
