using System.Buffers;
using System.Text;
using System.Text.Json;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Jmap;

/// <summary>The calls that go in one request, and its body.</summary>
/// <param name="Calls">The calls, in the order in which the server does them.</param>
/// <param name="Body">The request as JSON.</param>
internal sealed record JmapRequest(IReadOnlyList<JmapCall> Calls, byte[] Body)
{
    private const int MaxFrameBytes = 256;
    private const string MaskedSecret = "****";
    private const string Update = "update";

    // Where a call has its arguments, and within a set the paths of a patch: [method, {"update": {id: {path: value}}}].
    private const int ArgumentDepth = 2;
    private const int PathDepth = 4;

    /// <summary>Whether it changes the server.</summary>
    public bool ChangesServer => Calls.Any(call => call.ChangesServer);

    /// <summary>Puts calls into as few requests as the limits allow; a call and the one whose answer it uses stay together.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a call holds what must not be sent, or is larger than a request may be.</exception>
    public static IReadOnlyList<JmapRequest> Create(IReadOnlyList<JmapCall> calls, JmapLimits limits)
    {
        foreach ((int place, JmapCall call) in calls.Index())
        {
            call.SetPlace(place);
        }
        var requests = new List<JmapRequest>();
        var held = new List<(JmapCall Call, byte[] Json)>();
        foreach (List<(JmapCall Call, byte[] Json)> unit in CreateUnits(calls))
        {
            if (held.Count > 0 && (held.Count + unit.Count > limits.MaxCalls || Measure([.. held, .. unit]) > limits.MaxRequestBytes))
            {
                requests.Add(Create(held));
                held.Clear();
            }
            held.AddRange(unit);
            ThrowIfTooLarge(held, limits);
        }
        if (held.Count > 0)
        {
            requests.Add(Create(held));
        }
        return requests;
    }

    /// <summary>How large a request with these calls is, at most.</summary>
    private static long Measure(IReadOnlyList<(JmapCall Call, byte[] Json)> calls) => MaxFrameBytes + calls.Sum(call => call.Json.Length + 1L);

    // Calls that belong together follow each other.
    private static IEnumerable<List<(JmapCall Call, byte[] Json)>> CreateUnits(IReadOnlyList<JmapCall> calls)
    {
        var unit = new List<(JmapCall Call, byte[] Json)>();
        foreach (JmapCall call in calls)
        {
            if (call.Source is null && unit.Count > 0)
            {
                yield return unit;
                unit = [];
            }
            else if (call.Source is not null && !unit.Exists(other => other.Call == call.Source))
            {
                throw new InvalidOperationException($"{call.Method} does not follow the call whose answer it uses.");
            }
            unit.Add((call, Write(call)));
        }
        if (unit.Count > 0)
        {
            yield return unit;
        }
    }

    private static byte[] Write(JmapCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, MessageJson.Options))
        {
            call.Write(writer);
        }
        ThrowIfForbidden(buffer.WrittenSpan, call.Method);
        return buffer.WrittenSpan.ToArray();
    }

    // A masked secret would become the secret. An empty text is refused by the server, and an empty id is somebody's.
    private static void ThrowIfForbidden(ReadOnlySpan<byte> json, string method)
    {
        var reader = new Utf8JsonReader(json);
        ReadOnlySpan<byte> property = default;
        bool isUpdate = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                property = reader.ValueSpan;
                isUpdate = reader.CurrentDepth == ArgumentDepth ? reader.ValueTextEquals(Update) : isUpdate;
                if (isUpdate && reader.CurrentDepth == PathDepth && reader.GetString()!.Split('/') is [_, _, ..] path && path.Contains(""))
                {
                    string name = string.Join('/', path);
                    throw CreateRefusal(method, name, $"'{name}' is a path with an empty element, which the server may take for the first one there is");
                }
            }
            bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
            if (isText && reader.ValueTextEquals(MaskedSecret))
            {
                string name = Encoding.UTF8.GetString(property);
                throw CreateRefusal(method, name, $"'{name}' has the value {MaskedSecret}, which stands for a secret that the server does not show. It would become the secret");
            }
            if (isText && reader.ValueSpan.IsEmpty)
            {
                string name = Encoding.UTF8.GetString(property);
                throw CreateRefusal(method, name, $"'{name}' is empty, or names something by an empty id. To remove a value, clear it");
            }
        }
    }

    private static void ThrowIfTooLarge(List<(JmapCall Call, byte[] Json)> calls, JmapLimits limits)
    {
        if (calls.Count > limits.MaxCalls || Measure(calls) > limits.MaxRequestBytes)
        {
            throw CreateRefusal(calls[^1].Call.Method, null, $"the server takes {limits.MaxCalls} calls and {ByteSize.Format(limits.MaxRequestBytes)} in a request, and this is more");
        }
    }

    private static MailServerException CreateRefusal(string method, string? property, string reason) =>
        new(MailErrorCode.RejectedByClient, Operations.CallJmap, $"Nothing was sent ({method}): {reason}.") { Field = property, Method = method };

    private static JmapRequest Create(List<(JmapCall Call, byte[] Json)> calls)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Measure(calls));
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("using");
            foreach (string capability in JmapSession.UsedCapabilities)
            {
                writer.WriteStringValue(capability);
            }
            writer.WriteEndArray();
            writer.WriteStartArray("methodCalls");
            foreach ((_, byte[] json) in calls)
            {
                writer.WriteRawValue(json, skipInputValidation: true);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return new JmapRequest([.. calls.Select(call => call.Call)], buffer.WrittenSpan.ToArray());
    }
}
