using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailAdmin.Sandbox;
using OtpNet;

namespace MailAdmin.Tests.Recordings;

/// <summary>Plays a recording from the top against a sandbox, through its in-process transport, and compares answer by answer.</summary>
internal sealed partial class Replayer : IDisposable
{
    /// <summary>The TOTP secret of every account in the recordings.</summary>
    private const string TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private readonly SandboxServer _server;
    private readonly HttpClient _client;
    private readonly RecordedValueMap _valueMap = new();
    private readonly ResponseComparison _comparison;

    public Replayer(SandboxServer server)
    {
        _server = server;
        _client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org:8080") };
        _comparison = new ResponseComparison(_valueMap);
    }

    /// <summary>Plays one line and says what differs; nothing for a line that agrees, null for one that cannot be played.</summary>
    public async Task<IReadOnlyList<string>?> PlayAsync(RecordedLine line)
    {
        switch (line.Operation)
        {
            case "WAIT":
                _server.Clock.Advance(TimeSpan.FromSeconds(line.Json.GetProperty("seconds").GetDouble()));
                return [];
            case "SMTP":
                return SmtpLine.Play(_server, line);
            default:
                return line.Request is { } request && !line.Response.TryGetProperty("exception", out _)
                    ? await ExchangeAsync(line, request)
                    : null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<IReadOnlyList<string>> ExchangeAsync(RecordedLine line, JsonElement request)
    {
        using HttpRequestMessage message = CreateRequest(line, request);
        using HttpResponseMessage answer = await _client.SendAsync(message);
        string body = await answer.Content.ReadAsStringAsync();
        JsonElement recorded = line.Response;
        int status = recorded.GetProperty("status").GetInt32();
        if ((int)answer.StatusCode != status)
        {
            return [$"status {status} became {(int)answer.StatusCode}: {body[..Math.Min(body.Length, 120)]}"];
        }

        var differences = new List<string>();
        string type = MediaType(recorded.GetProperty("headers").TryGetProperty("content-type", out JsonElement header) ? header.GetString() : null);
        string typeNow = MediaType(answer.Content.Headers.ContentType?.ToString());
        if (type != typeNow)
        {
            differences.Add($"content type {type} became {typeNow}");
        }

        string[] schemes = GetChallenges(recorded.GetProperty("headers"));
        string[] schemesNow = answer.Headers.NonValidated.TryGetValues("WWW-Authenticate", out HeaderStringValues sent) ? [.. sent] : [];
        if (!schemes.SequenceEqual(schemesNow))
        {
            differences.Add($"WWW-Authenticate '{string.Join(", ", schemes)}' became '{string.Join(", ", schemesNow)}'");
        }

        differences.AddRange(recorded.TryGetProperty("frames", out JsonElement frames)
            ? CompareFrames(frames, body)
            : CompareBodies(line, message.RequestUri!.PathAndQuery, recorded, body));
        return differences;
    }

    /// <summary>Event by event: its name, and its data like the body of an answer.</summary>
    private IEnumerable<string> CompareFrames(JsonElement frames, string body)
    {
        string[] recorded = frames.EnumerateArray().Select(frame => frame.GetString()!).ToArray();
        string[] now = body.Split("\n\n");
        if (now[^1].Length > 0)
        {
            return [$"the last event is not ended: '{now[^1]}'"];
        }

        return recorded.Length != now.Length - 1
            ? [$"{recorded.Length} events became {now.Length - 1}"]
            : recorded.Zip(now, CompareEvents).SelectMany(differences => differences);
    }

    private IReadOnlyList<string> CompareEvents(string recorded, string now)
    {
        const string Data = "\ndata: ";
        if (recorded.Split(Data) is not [var name, var data] || now.Split(Data) is not [var nameNow, var dataNow] || name != nameNow)
        {
            return [$"event '{recorded}' became '{now}'"];
        }

        return TryParse(dataNow) is { } isNow ? _comparison.Compare(TryParse(data)!.Value, isNow) : [$"no JSON: '{dataNow}'"];
    }

    private IReadOnlyList<string> CompareBodies(RecordedLine line, string path, JsonElement recorded, string body)
    {
        string recordedBody = recorded.TryGetProperty("body", out JsonElement text) ? text.GetString()! : "";
        if (TryParse(recordedBody) is not { } was)
        {
            return recordedBody == body || recordedBody.Contains(' ', StringComparison.Ordinal) ? [] : [$"text '{recordedBody}' became '{body}'"];
        }

        if (TryParse(body) is not { } isNow)
        {
            return [$"no JSON: '{body[..Math.Min(body.Length, 60)]}'"];
        }

        _valueMap.AddMappings(was, isNow);

        if (line.Section == "logs")
        {
            return LogComparison.Compare(was.GetProperty("data"), isNow.GetProperty("data"));
        }

        // How a server is set up is its own affair; that there is such a list is not.
        if (path.Contains("settings/list?limit", StringComparison.Ordinal))
        {
            return DescribeShape(was) == DescribeShape(isNow) ? [] : [$"shape {DescribeShape(was)} became {DescribeShape(isNow)}"];
        }

        bool isNewId = line.Request!.Value.GetProperty("method").GetString() == "POST" && path == "/api/principal" && IsNumber(was) && IsNumber(isNow);
        return isNewId ? [] : _comparison.Compare(was, isNow);
    }

    private HttpRequestMessage CreateRequest(RecordedLine line, JsonElement request)
    {
        TimeSpan shift = line.Time is { } time ? _server.Clock.GetUtcNow() - time : TimeSpan.Zero;
        string path = RecordedValueMap.Shift(_valueMap.Replace(request.GetProperty("path").GetString()!), shift);
        var message = new HttpRequestMessage(new HttpMethod(request.GetProperty("method").GetString()!), path) { Content = CreateContent(request) };
        foreach (JsonProperty header in request.GetProperty("headers").EnumerateObject())
        {
            string value = header.Value.GetString()!;
            if (header.Name == "Content-Type")
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Name, value);
            }
            else
            {
                message.Headers.TryAddWithoutValidation(header.Name, header.Name == "Authorization" ? RefreshAuthorization(value, line) : value);
            }
        }

        return message;
    }

    private ByteArrayContent? CreateContent(JsonElement request)
    {
        if (request.TryGetProperty("bodyBase64", out JsonElement encoded))
        {
            return new ByteArrayContent(encoded.GetBytesFromBase64());
        }

        if (!request.TryGetProperty("body", out JsonElement body) || body.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = body.GetString()!;
        Match filler = FillerPattern().Match(text);
        return new ByteArrayContent(
            filler.Success ? new byte[int.Parse(filler.Groups[1].Value, CultureInfo.InvariantCulture)] : Encoding.UTF8.GetBytes(_valueMap.Replace(text)));
    }

    /// <summary>A right TOTP code is one of this moment, by the sandbox's clock.</summary>
    private string RefreshAuthorization(string header, RecordedLine line)
    {
        if (!header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return _valueMap.Replace(header);
        }

        string login = Encoding.UTF8.GetString(Convert.FromBase64String(header[6..]));
        bool wasRight = line.Response.TryGetProperty("status", out JsonElement status) && status.GetInt32() == 200;
        if (!wasRight || !CodePattern().IsMatch(login))
        {
            return header;
        }

        string code = new OtpNet.Totp(Base32Encoding.ToBytes(TotpSecret)).ComputeTotp(_server.Clock.GetUtcNow().UtcDateTime);
        return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login[..^6] + code));
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The challenges of an answer: a header that came twice was recorded as a list.</summary>
    private static string[] GetChallenges(JsonElement headers)
    {
        if (!headers.TryGetProperty("www-authenticate", out JsonElement value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];
    }

    private static string MediaType(string? contentType) => (contentType ?? "").Split(';')[0];

    private static bool IsNumber(JsonElement answer) => answer.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Number;

    private static string DescribeShape(JsonElement answer) => answer.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object
        ? string.Join(", ", data.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}: {member.Value.ValueKind}"))
        : answer.ToString();

    [GeneratedRegex(@"^<(\d+) bytes>$")]
    private static partial Regex FillerPattern();

    [GeneratedRegex(@"\$\d{6}$")]
    private static partial Regex CodePattern();
}
