using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Says how a response differs from the recorded one, and learns what it names.</summary>
internal sealed class ResponseComparison(LiveIds ids, LiveValues values)
{
    public IReadOnlyList<string> Compare(RecordedLine line, SandboxRequest request, SandboxResponse response, byte[] body, TimeSpan shift)
    {
        JsonElement recorded = line.Response;
        string text = RecordedBody.GetText(body);
        int status = recorded.GetProperty("status").GetInt32();
        if (response.Status != status)
        {
            return [$"status {status} became {response.Status}: {text[..Math.Min(text.Length, 160)]}"];
        }

        if (recorded.TryGetProperty("frames", out JsonElement frames))
        {
            return StreamComparison.Compare(frames, text);
        }

        var differences = new Differences();
        CompareHeaders(recorded.GetProperty("headers"), response, differences);
        string recordedText = RecordedBody.GetText(recorded);
        if (FillerBodies.IsFiller(recordedText))
        {
            if (body.Length == 0)
            {
                differences.Add("body", "is empty");
            }
        }
        else if (RecordedBody.Parse(recordedText) is not { } was)
        {
            CompareTexts(recordedText, text, request.Target, differences);
        }
        else if (RecordedBody.Parse(text) is not { } isNow)
        {
            differences.Add("body", $"no JSON: {text[..Math.Min(text.Length, 100)]}");
        }
        else
        {
            CompareJson(was, isNow, request, new AnswerComparison(ids, values, differences, shift), differences);
        }

        return differences.All;
    }

    private void CompareHeaders(JsonElement recorded, SandboxResponse response, Differences differences)
    {
        string type = MediaType(Header(recorded, "content-type").SingleOrDefault());
        if (type != MediaType(response.ContentType))
        {
            differences.Add("content-type", $"{type} became {response.ContentType}");
        }

        string[] challenges = Header(recorded, "www-authenticate");
        if (!challenges.SequenceEqual(Header(response, "www-authenticate")))
        {
            differences.Add("www-authenticate", $"{string.Join(", ", challenges)} became {string.Join(", ", Header(response, "www-authenticate"))}");
        }

        (string? location, string? locationNow) = (Header(recorded, "location").SingleOrDefault(), Header(response, "location").SingleOrDefault());
        if (location is not null && locationNow is not null && location.Contains("/api/schema/", StringComparison.Ordinal))
        {
            values.LearnLocation(location, locationNow);
        }
        else if (location != locationNow)
        {
            differences.Add("location", $"{location} became {locationNow}");
        }
    }

    private void CompareTexts(string recorded, string live, string target, Differences differences)
    {
        if (target.StartsWith("/api/token/", StringComparison.Ordinal))
        {
            values.LearnSecret(recorded, live);
        }
        else if (ComparedText.IsMessage(recorded) ? !ComparedText.AreEquivalentMessages(recorded, live) : recorded != live)
        {
            differences.Add("body", $"{recorded[..Math.Min(recorded.Length, 90)]} became {live[..Math.Min(live.Length, 90)]}");
        }
    }

    private void CompareJson(JsonElement recorded, JsonElement live, SandboxRequest request, AnswerComparison comparison, Differences differences)
    {
        if (!IsMethodAnswer(recorded) || !IsMethodAnswer(live))
        {
            comparison.Compare(recorded, live, "$", null, request.Target.StartsWith("/jmap/upload", StringComparison.Ordinal) ? "Blob" : null);
            return;
        }

        JsonElement[] was = [.. recorded.GetProperty("methodResponses").EnumerateArray()];
        JsonElement[] isNow = [.. live.GetProperty("methodResponses").EnumerateArray()];
        if (!was.Select(Name).SequenceEqual(isNow.Select(Name)))
        {
            differences.Add("methods", $"{string.Join(' ', was.Select(Name))} became {string.Join(' ', isNow.Select(DescribeMethod))}");
        }

        CompareMembers(recorded, live, differences);
        Dictionary<string, JsonElement> calls = ReadCalls(request);
        foreach ((int i, (JsonElement one, JsonElement other)) in was.Zip(isNow).Index())
        {
            string id = one[2].ToString();
            if (id != other[2].ToString())
            {
                differences.Add($"[{i}] call id", one[2], other[2]);
            }

            if (Name(one) == Name(other))
            {
                CompareMethods(one, other, calls.GetValueOrDefault(id), was.Length > 1 ? $"{Name(one)}[{i}]" : Name(one), comparison);
            }
        }
    }

    private void CompareMethods(JsonElement recorded, JsonElement live, JsonElement call, string path, AnswerComparison comparison)
    {
        (JsonElement was, JsonElement isNow) = (recorded[1], live[1]);
        if (Name(recorded) == "error" || was.ValueKind != JsonValueKind.Object || isNow.ValueKind != JsonValueKind.Object)
        {
            comparison.Compare(was, isNow, path, null, null, isError: true);
            return;
        }

        comparison.Account = was.TryGetProperty("accountId", out JsonElement account) ? account.GetString() : null;
        comparison.IsAskedByIds = call.ValueKind == JsonValueKind.Object
            && ((call.TryGetProperty("ids", out JsonElement asked) && asked.ValueKind == JsonValueKind.Array) || call.TryGetProperty("#ids", out _));
        string kind = MemberKinds.KindOfMethod(Name(recorded), comparison.Account);
        LearnCreated(kind, was, isNow);
        comparison.Compare(was, isNow, path, null, kind);
    }

    private void LearnCreated(string kind, JsonElement recorded, JsonElement live)
    {
        if (recorded.TryGetProperty("created", out JsonElement was) && live.TryGetProperty("created", out JsonElement isNow) && was.ValueKind == isNow.ValueKind)
        {
            ids.AddBatch(kind,
            [
                .. was.EnumerateObject()
                    .Select(made => (Recorded: FindId(made.Value), Live: isNow.TryGetProperty(made.Name, out JsonElement other) ? FindId(other) : null))
                    .Where(pair => pair is { Recorded: not null, Live: not null })
                    .Select(pair => (pair.Recorded!, pair.Live!)),
            ]);
        }
    }

    /// <summary>Beside the answers themselves: which ids were made, and what else there is.</summary>
    private static void CompareMembers(JsonElement recorded, JsonElement live, Differences differences)
    {
        string[] was = MemberNames(recorded);
        string[] isNow = MemberNames(live);
        if (!was.SequenceEqual(isNow))
        {
            differences.Add("$", $"{string.Join(' ', was)} became {string.Join(' ', isNow)}");
        }
        else if (recorded.TryGetProperty("createdIds", out JsonElement made) && !MemberNames(made).SequenceEqual(MemberNames(live.GetProperty("createdIds"))))
        {
            differences.Add("createdIds", made, live.GetProperty("createdIds"));
        }
    }

    private static Dictionary<string, JsonElement> ReadCalls(SandboxRequest request)
    {
        var calls = new Dictionary<string, JsonElement>();
        if (RecordedBody.Parse(RecordedBody.GetText(request.Body.Span)) is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("methodCalls", out JsonElement list))
        {
            foreach (JsonElement call in list.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Array && call.GetArrayLength() == 3))
            {
                calls[call[2].ToString()] = call[1];
            }
        }

        return calls;
    }

    private static bool IsMethodAnswer(JsonElement json) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("methodResponses", out _);

    private static string Name(JsonElement response) => response[0].GetString()!;

    private static string DescribeMethod(JsonElement response) => Name(response) == "error" ? $"error {response[1].GetProperty("type")}" : Name(response);

    private static string? FindId(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out JsonElement id) ? id.GetString() : null;

    private static string[] MemberNames(JsonElement item) => [.. item.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

    private static string[] Header(JsonElement headers, string name)
    {
        if (!headers.TryGetProperty(name, out JsonElement value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];
    }

    private static string[] Header(SandboxResponse response, string name) =>
        [.. response.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    private static string MediaType(string? contentType) => (contentType ?? "").Split(';')[0];
}
