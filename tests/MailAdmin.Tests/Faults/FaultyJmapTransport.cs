using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Faults;

/// <summary>The way to a sandbox from 0.16 on which something happens to requests that write, or to requests of any kind.</summary>
internal sealed class FaultyJmapTransport(SandboxServer server)
{
    // Actions that are questions: the server keeps nothing of them.
    private static readonly string[] s_questions = ["ClassifySpam", "TroubleshootDmarc"];
    private static readonly string[] s_otherPaths = ["/jmap/", "/api/account", "/api/live", "/api/schema"];
    private static readonly string[] s_lists = ["created", "updated", "destroyed"];
    private static readonly string[] s_secrets = ["secret", "currentSecret", "privateKey", "otpUrl", "otpCode"];
    private readonly ConcurrentDictionary<string, bool> _sentSecrets = new();
    private JmapFaultCell? _cell;
    private bool _ofWrites;
    private bool _isArmed;
    private bool _hasBegun;
    private int _faults;
    private int _changes;
    private int _requests;

    /// <summary>How many objects the server has created, changed and destroyed.</summary>
    public int Changes => _changes;

    /// <summary>How many requests met the fault.</summary>
    public int Faults => _faults;

    /// <summary>How many requests were sent.</summary>
    public int Requests => _requests;

    /// <summary>The secrets that were sent, ever.</summary>
    public ICollection<string> SentSecrets => _sentSecrets.Keys;

    /// <summary>The secrets within the calls of a request.</summary>
    public static IEnumerable<string> FindSecrets(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => s_secrets.Contains(member.Key.Split('/')[^1]) && member.Value is JsonValue value && value.TryGetValue(out string? text) ? [text] : FindSecrets(member.Value)),
        JsonArray items => items.SelectMany(FindSecrets),
        _ => [],
    };

    /// <summary>Whether a method call changes objects.</summary>
    public static bool IsWrite(JsonNode call) => call[0]!.GetValue<string>().EndsWith("/set", StringComparison.Ordinal)
        && !(call[1]!["create"] is JsonObject created && created.Any(each => each.Value?["@type"] is JsonValue type && s_questions.Contains(type.GetValue<string>())));

    /// <summary>A handler of the connection.</summary>
    public HttpMessageHandler CreateHandler() => new Handler(this, server.CreateHandler());

    /// <summary>From now on requests meet a fault; with no cell they only are counted.</summary>
    public void Arm(JmapFaultCell? cell, bool ofWrites) => (_cell, _ofWrites, _isArmed, _hasBegun, _faults, _changes, _requests) = (cell, ofWrites, true, false, 0, 0, 0);

    /// <summary>From now on nothing happens.</summary>
    public void Disarm() => _isArmed = false;

    private bool IsMet(bool isOfMethods, bool isWrite)
    {
        if (_cell is not { } cell || !(isOfMethods || cell.Fault.IsOfAnyRequest))
        {
            return false;
        }
        bool isFirst = !_hasBegun && (isWrite || !_ofWrites);
        _hasBegun |= isFirst;
        bool isMet = cell.Meeting switch
        {
            JmapFaultMeeting.Once => isFirst,
            JmapFaultMeeting.Always => isWrite || !_ofWrites,
            JmapFaultMeeting.FromThenOn => _hasBegun,
            _ => _hasBegun && !isFirst,
        };
        _faults += isMet ? 1 : 0;
        return isMet;
    }

    private sealed class Handler(FaultyJmapTransport transport, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri!.AbsolutePath;
            bool isOfMethods = path == "/jmap";
            if (!transport._isArmed || !(isOfMethods || s_otherPaths.Any(other => path.StartsWith(other, StringComparison.Ordinal))))
            {
                return await base.SendAsync(request, cancellationToken);
            }
            JsonArray calls = isOfMethods ? JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["methodCalls"]!.AsArray() : [];
            foreach (string secret in FindSecrets(calls))
            {
                transport._sentSecrets[secret] = true;
            }
            bool isMet;
            lock (transport)
            {
                transport._requests++;
                isMet = transport.IsMet(isOfMethods, calls.Any(call => IsWrite(call!)));
            }
            if (!isMet)
            {
                return await ForwardAsync(request, cancellationToken);
            }
            JmapFaultCell cell = transport._cell!;
            HttpResponseMessage? forwarded = null;
            JsonArray? answers = null;
            if (cell.IsExecuted || (isOfMethods && !calls.Any(call => IsWrite(call!))))
            {
                forwarded = await ForwardAsync(request, cancellationToken);
                bool isJson = forwarded.StatusCode == HttpStatusCode.OK && forwarded.Content.Headers.ContentType?.MediaType == "application/json";
                answers = isJson && isOfMethods ? JsonNode.Parse(await forwarded.Content.ReadAsStringAsync(cancellationToken))!["methodResponses"]!.AsArray() : null;
            }
            // A real transport answers later, on another thread.
            await Task.Yield();
            HttpResponseMessage faulty = cell.Fault.Answer(calls, answers) ?? forwarded ?? await ForwardAsync(request, cancellationToken);
            faulty.RequestMessage = request;
            return faulty;
        }

        private async Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == "/jmap" && response.StatusCode == HttpStatusCode.OK)
            {
                byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
                response.Content = new ByteArrayContent(body) { Headers = { ContentType = type } };
                JsonArray calls = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["methodCalls"]!.AsArray();
                foreach (JsonNode? answer in JsonNode.Parse(body)!["methodResponses"]!.AsArray())
                {
                    if (calls.Any(call => call![2]!.GetValue<string>() == answer![2]!.GetValue<string>() && IsWrite(call)))
                    {
                        Interlocked.Add(ref transport._changes, s_lists.Sum(list => answer![1]![list] switch
                        {
                            JsonObject objects => objects.Count,
                            JsonArray ids => ids.Count,
                            _ => 0,
                        }));
                    }
                }
            }
            return response;
        }
    }
}
