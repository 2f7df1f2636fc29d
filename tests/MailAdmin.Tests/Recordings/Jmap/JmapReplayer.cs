using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Plays a recording of the management over JMAP from the top against a sandbox in process, and compares answer by answer.</summary>
internal sealed class JmapReplayer
{
    private static readonly TimeSpan s_streamTimeout = TimeSpan.FromSeconds(10);

    private readonly SandboxServer _server;
    private readonly RequestFactory _requests;
    private readonly ResponseComparison _comparison;
    private readonly BurstComparison _bursts;

    public JmapReplayer(SandboxServer server)
    {
        _server = server;
        var ids = new LiveIds();
        var values = new LiveValues(server.Clock);
        _requests = new RequestFactory(ids, values);
        _comparison = new ResponseComparison(ids, values);
        _bursts = new BurstComparison(server);
    }

    /// <summary>Plays one line and says what differs; nothing for a line that agrees, null for one that is nothing to compare.</summary>
    public async Task<IReadOnlyList<string>?> PlayAsync(RecordedLine line)
    {
        // No more happens within a minute, or later, than did when it was recorded.
        if (line.Time is { } time && time > _server.Clock.GetUtcNow())
        {
            _server.Clock.Advance(time - _server.Clock.GetUtcNow());
        }

        switch (line.Operation)
        {
            case "WAIT":
                _server.Clock.Advance(TimeSpan.FromSeconds(line.Json.GetProperty("seconds").GetDouble()));
                return null;
            case "SMTP":
                return SmtpLine.Play(_server, line);
            case "limit":
                return await _bursts.CompareAsync(Note(line), line.Response);
            case "GET from outside":
                return await _bursts.CompareReachabilityAsync(line.Response.GetProperty("answer").GetString()!);
            default:
                return line.Request is { } request ? await ExchangeAsync(line, request) : null;
        }
    }

    public static string Note(RecordedLine line) => line.Json.TryGetProperty("note", out JsonElement note) ? note.GetString()! : "";

    private async Task<IReadOnlyList<string>> ExchangeAsync(RecordedLine line, JsonElement recorded)
    {
        TimeSpan shift = _server.Clock.GetUtcNow() - line.Time!.Value;
        SandboxRequest request = _requests.Create(line, recorded);
        using var hangUp = new CancellationTokenSource(s_streamTimeout);
        SandboxResponse response = await _server.HandleAsync(request, hangUp.Token);
        if (response.IsReset)
        {
            return ["the connection was closed"];
        }

        using var body = new EventCapture(line.Response.TryGetProperty("frames", out JsonElement frames) ? frames.GetArrayLength() : null, hangUp);
        try
        {
            await response.WriteToAsync(body, hangUp.Token);
        }
        catch (OperationCanceledException)
        {
            // A stream that goes on.
        }

        return _comparison.Compare(line, request, response, body.ToArray(), shift);
    }
}
