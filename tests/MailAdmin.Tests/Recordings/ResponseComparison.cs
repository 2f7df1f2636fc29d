using System.Text.Json;

namespace MailAdmin.Tests.Recordings;

/// <summary>Says how an answer differs from the recorded one: in shape, and in values but for those that chance or wording decides.</summary>
internal sealed class ResponseComparison(RecordedValueMap live)
{
    private static readonly HashSet<string> s_volatile =
    [
        "id", "code", "access_token", "refresh_token", "device_code", "user_code", "verification_uri", "verification_uri_complete", "client_id", "exp",
        "iat", "expires", "created", "next_retry", "next_notify", "blob_hash", "details", "detail", "reason", "elapsed", "timestamp", "certs", "issuer",
        "k", "sub", "retry_num", "due",
    ];

    public IReadOnlyList<string> Compare(JsonElement recorded, JsonElement now)
    {
        var differences = new List<string>();
        Compare(recorded, now, "$", null, differences);
        return differences;
    }

    private void Compare(JsonElement recorded, JsonElement now, string path, string? name, List<string> differences)
    {
        if (recorded.ValueKind is JsonValueKind.Object or JsonValueKind.Array && now.ValueKind != recorded.ValueKind)
        {
            differences.Add($"{path}: {recorded.ValueKind} became {Truncate(now)}");
        }
        else if (recorded.ValueKind == JsonValueKind.Object)
        {
            CompareObjects(recorded, now, path, differences);
        }
        else if (recorded.ValueKind == JsonValueKind.Array)
        {
            CompareArrays([.. recorded.EnumerateArray()], [.. now.EnumerateArray()], path, name, differences);
        }
        else if (!AreEquivalent(recorded, now, name))
        {
            differences.Add($"{path}: {Truncate(recorded)} became {Truncate(now)}");
        }
    }

    private void CompareObjects(JsonElement recorded, JsonElement now, string path, List<string> differences)
    {
        foreach (JsonProperty member in recorded.EnumerateObject())
        {
            if (now.TryGetProperty(member.Name, out JsonElement other))
            {
                Compare(member.Value, other, $"{path}.{member.Name}", member.Name, differences);
            }
            else
            {
                differences.Add($"{path}: missing {member.Name}");
            }
        }

        differences.AddRange(now.EnumerateObject().Where(member => !recorded.TryGetProperty(member.Name, out _)).Select(member => $"{path}: extra {member.Name}"));
    }

    private void CompareArrays(JsonElement[] recorded, JsonElement[] now, string path, string? name, List<string> differences)
    {
        if (recorded.Length != now.Length)
        {
            differences.Add($"{path}: {recorded.Length} items became {now.Length}");
            return;
        }

        // Names come in the order of their numbers, which are random.
        if (name != "items" && recorded.Concat(now).All(item => item.ValueKind == JsonValueKind.String))
        {
            recorded = [.. recorded.OrderBy(item => item.GetString(), StringComparer.Ordinal)];
            now = [.. now.OrderBy(item => item.GetString(), StringComparer.Ordinal)];
        }

        for (int i = 0; i < recorded.Length; i++)
        {
            Compare(recorded[i], now[i], $"{path}[{i}]", name, differences);
        }
    }

    private bool AreEquivalent(JsonElement recorded, JsonElement now, string? name)
    {
        if (GetKind(recorded) != GetKind(now))
        {
            return false;
        }

        if (name is not null && s_volatile.Contains(name))
        {
            return true;
        }

        (string was, string isNow) = (recorded.ToString(), now.ToString());
        bool isProse = recorded.ValueKind == JsonValueKind.String && (was.Contains(' ', StringComparison.Ordinal) || was.Length > 39 || RecordedValueMap.HasTime(was));
        return was == isNow || isProse || live.AreEquivalent(was, isNow);
    }

    private static JsonValueKind GetKind(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;

    private static string Truncate(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length > 60 ? text[..60] + "…" : text;
    }
}
