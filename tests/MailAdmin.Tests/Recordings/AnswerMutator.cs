using System.Text;
using System.Text.Json;

namespace MailAdmin.Tests.Recordings;

/// <summary>Does to an answer what proxies, other servers, later versions and bad luck do. The same seed does the same.</summary>
internal sealed class AnswerMutator(int seed)
{
    private const int MaxPlaces = 40;
    private const string Marker = "\u0001here\u0001";

    private static readonly string[] s_values =
    [
        "null", "true", "\"\"", "\"mutated\"", "7", "-7", "[]", "{}", "[null]", "[7]", "[\"mutated\"]", "{\"mutated\":7}", "[[\"mutated\"]]",
        "1.5", "1e300", "1e400", "-1e400", "2147483648", "4294967296", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551616", "-9223372036854775809",
        "253402300800", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"\\ud800\"", "\"\\u0000\"", "\"\u2028\"", "\"-1\"",
        new string('[', 100) + new string(']', 100),
    ];

    private readonly Random _random = new(seed);

    /// <summary>The answer in its wrong forms.</summary>
    public IEnumerable<AnswerMutation> Mutate(RecordedExchange exchange)
    {
        foreach (AnswerMutation mutation in MutateBytes(exchange))
        {
            yield return mutation;
        }
        if (Parse(exchange.Body) is not { } root)
        {
            yield break;
        }
        List<string> places = [.. FindPlaces(root, "").Skip(1)];
        foreach (string place in Sample(places))
        {
            foreach (AnswerMutation mutation in MutatePlace(exchange, root, place))
            {
                yield return mutation;
            }
        }
    }

    private IEnumerable<AnswerMutation> MutateBytes(RecordedExchange exchange)
    {
        byte[] body = exchange.Body;
        bool isJson = Parse(body) is not null;
        AnswerMutation With(string name, byte[] bytes, bool mustFail) => new(name, exchange with { Body = bytes }, mustFail && isJson);
        for (int i = 0; i < 4 && body.Length > 2; i++)
        {
            int length = _random.Next(1, body.Length - 1);
            yield return With($"cut after {length}", body[..length], mustFail: true);
        }
        yield return With("empty", [], mustFail: true);
        yield return With("something behind", [.. body, .. "{}"u8], mustFail: true);
        yield return With("twice", [.. body, .. body], mustFail: true);
        yield return With("null", "null"u8.ToArray(), mustFail: true);
        yield return With("[]", "[]"u8.ToArray(), mustFail: true);
        yield return With("{}", "{}"u8.ToArray(), mustFail: true);
        yield return With("a word", "ok"u8.ToArray(), mustFail: true);
        yield return With("a page", "<!DOCTYPE html><html></html>"u8.ToArray(), mustFail: true);
        yield return With("UTF-16", Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)), mustFail: true);
        yield return With("gzip", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, .. body], mustFail: true);
        yield return With("error that is no text", """{"error":{"code":7},"data":null}"""u8.ToArray(), mustFail: false);
        yield return With("data twice", """{"data":null,"data":"mutated"}"""u8.ToArray(), mustFail: true);
        yield return With("nothing but nesting", Encoding.ASCII.GetBytes("{\"data\":" + new string('[', 5000)), mustFail: true);
        if (isJson && body.Length > 10)
        {
            byte[] changed = [.. body];
            int at = Array.FindIndex(changed, _random.Next(0, changed.Length - 1), b => char.IsAsciiLetter((char)b));
            changed[at < 0 ? 1 : at] = 0xff;
            yield return With($"no UTF-8 at {at}", changed, mustFail: false);
        }
    }

    private static IEnumerable<AnswerMutation> MutatePlace(RecordedExchange exchange, JsonElement root, string place)
    {
        AnswerMutation With(string name, string json, bool mustFail = false) =>
            new($"{place} {name}", exchange with { Body = Encoding.UTF8.GetBytes(json) }, mustFail);
        JsonElement old = Find(root, place)!.Value;
        bool isStructure = old.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
        bool isFrame = place is "/data" or "/data/items";
        yield return With("removed", Rewrite(root, place, null), mustFail: isFrame);
        foreach (string value in s_values)
        {
            bool isOther = Parse(Encoding.UTF8.GetBytes(value)) is not { } parsed || parsed.ValueKind != old.ValueKind;
            string shown = value.Length > 40 ? value[..10] + "…" : value;
            yield return With($"= {shown}", Rewrite(root, place, value), isFrame && isOther && isStructure);
        }
        string last = place[(place.LastIndexOf('/') + 1)..];
        if (!int.TryParse(last, out _))
        {
            string name = JsonSerializer.Serialize(last);
            string raw = old.GetRawText();
            yield return With("doubled", Rewrite(root, place, $"{raw},{name}:{raw}"), mustFail: place == "/data");
            yield return With("doubled with another", Rewrite(root, place, $"{raw},{name}:\"mutated\""));
            yield return With("beside one with a bad name", Rewrite(root, place, $"{raw},\"\\udc00\":7"));
            yield return With("beside an unknown one", Rewrite(root, place, $"{raw},\"unknownMember\":[1,{{\"a\":\"\\ud83d\"}}]"));
        }
        else
        {
            yield return With("doubled", Rewrite(root, place, $"{old.GetRawText()},{old.GetRawText()}"));
        }
    }

    private IEnumerable<string> Sample(List<string> places)
    {
        string[] frames = [.. places.Where(place => place is "/data" or "/data/items" or "/data/total")];
        string[] rest = [.. places.Except(frames)];
        _random.Shuffle(rest);
        // Later items of a list have the members of the first: places that look alike count once.
        return frames.Concat(rest.DistinctBy(place => string.Join('/', place.Split('/').Select(part => int.TryParse(part, out _) ? "0" : part))).Take(MaxPlaces));
    }

    private static IEnumerable<string> FindPlaces(JsonElement value, string place)
    {
        yield return place;
        IEnumerable<(string, JsonElement)> parts = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(member => (member.Name, member.Value)),
            JsonValueKind.Array => value.EnumerateArray().Select((item, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach ((string name, JsonElement part) in parts.Where(part => !part.Item1.Contains('/', StringComparison.Ordinal)))
        {
            foreach (string found in FindPlaces(part, $"{place}/{name}"))
            {
                yield return found;
            }
        }
    }

    private static JsonElement? Find(JsonElement root, string place)
    {
        JsonElement value = root;
        foreach (string part in place.Split('/').Skip(1))
        {
            value = value.ValueKind == JsonValueKind.Array ? value[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : value.GetProperty(part);
        }
        return value;
    }

    // A text put in for the value: it may be JSON that no writer would write.
    private static string Rewrite(JsonElement root, string place, string? text)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, root, "", place, removes: text is null);
        }
        return Encoding.UTF8.GetString(stream.ToArray()).Replace(JsonSerializer.Serialize(Marker), text, StringComparison.Ordinal);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string at, string place, bool removes)
    {
        if (at == place)
        {
            writer.WriteStringValue(Marker);
            return;
        }
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject().Where(member => !(removes && $"{at}/{member.Name}" == place)))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, $"{at}/{member.Name}", place, removes);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach ((int i, JsonElement item) in value.EnumerateArray().Index().Where(item => !(removes && $"{at}/{item.Index}" == place)))
                {
                    Write(writer, item, $"{at}/{i}", place, removes);
                }
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
