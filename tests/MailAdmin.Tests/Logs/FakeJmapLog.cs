using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Logs;

/// <summary>The log of a server from 0.16 on, of a few lines in files: an id is a place in a file, and the newest file is the first.</summary>
internal sealed class FakeJmapLog
{
    private readonly Lock _gate = new();
    private readonly List<List<Line>> _files = [[]];

    public FakeJmapLog() => Server = new FakeJmapServer(Respond);

    public FakeJmapServer Server { get; }

    /// <summary>Whether each request is logged, as at the level debug.</summary>
    public bool LogsRequests { get; set; }

    /// <summary>Told before each request, with its number from 1 on: what happened on the server meanwhile.</summary>
    public Action<int>? BeforeRequest { get; set; }

    public int RequestCount { get; private set; }

    public void Add(long second, string details, string level = "info", string eventId = "test.line") => _files[0].Add(new Line(second, level, eventId, details));

    /// <summary>Begins a new file: all ids move.</summary>
    public void Rotate() => _files.Insert(0, []);

    private HttpResponseMessage Respond(JmapRequestBody request)
    {
        lock (_gate)
        {
            RequestCount++;
            BeforeRequest?.Invoke(RequestCount);
            if (LogsRequests)
            {
                string peer = "listenerId = \"http\", localPort = 8080, remoteIp = 127.0.0.1, remotePort = 50000";
                Add(_files.SelectMany(file => file).Max(line => line.Second), $"{peer}, url = \"{Server.Server.AllRequests[^1].Target}\"", "debug", "http.request-url");
            }
            string[] found = [];
            var answers = new List<(string, string, string)>();
            foreach ((string method, JsonElement arguments, string id) in request.Calls)
            {
                if (method == "x:Log/query")
                {
                    found = Query(arguments);
                    answers.Add((method, $$"""{"accountId":"d","ids":{{JsonSerializer.Serialize(found)}}}""", id));
                    continue;
                }
                string[] ids = arguments.TryGetProperty("ids", out JsonElement given) ? [.. given.EnumerateArray().Select(each => each.GetString()!)] : found;
                // Neither a line that is gone nor one of an unknown event is in any list.
                answers.Add((method, $$"""{"accountId":"d","list":[{{string.Join(',', ids.Select(ToJson).OfType<string>())}}],"notFound":[]}""", id));
            }
            return FakeJmapServer.Answer(answers);
        }
    }

    private string[] Query(JsonElement arguments)
    {
        string? text = arguments.TryGetProperty("filter", out JsonElement filter) ? filter.GetProperty("text").GetString() : null;
        ulong anchor = arguments.TryGetProperty("anchor", out JsonElement given) ? JmapId.ToLargeNumber(given.GetString()!) : 0;
        bool found = anchor == 0;
        var ids = new List<string>();
        for (int file = found ? 0 : (int)(anchor >> 48); file < _files.Count; file++)
        {
            // A file without the anchor is read to its end, and the later ones are not looked into.
            if (!found && (ulong)file != anchor >> 48)
            {
                break;
            }
            for (int offset = _files[file].Count - 1; offset >= 0; offset--)
            {
                ulong id = ToId(file, offset);
                if (!found)
                {
                    found = id == anchor;
                }
                else if (text is null || _files[file][offset].ToString().Contains(text, StringComparison.Ordinal))
                {
                    ids.Add(JmapId.FromNumber(id));
                }
            }
        }
        return [.. ids.Take(arguments.GetProperty("limit").GetInt32())];
    }

    private string? ToJson(string id)
    {
        ulong number = JmapId.ToLargeNumber(id);
        (int file, int offset) = ((int)(number >> 48), (int)(number & 0xFFFFFFFFFFFF) - 1);
        return file >= _files.Count || offset >= _files[file].Count || _files[file][offset] is not { EventId: not "unknown" } line ? null : JsonSerializer.Serialize(new
        {
            timestamp = DateTimeOffset.FromUnixTimeSeconds(line.Second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            level = line.Level,
            @event = line.EventId,
            details = line.Details,
            id,
        });
    }

    private static ulong ToId(int file, int offset) => ((ulong)file << 48) | (uint)(offset + 1);

    /// <summary>A line of it.</summary>
    private sealed record Line(long Second, string Level, string EventId, string Details);
}
