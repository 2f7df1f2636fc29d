using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Sandbox;

/// <summary>Ids, tokens and codes of the recording and what stands for them now; and times, moved to now.</summary>
internal sealed partial class RecordedValueMap
{
    private static readonly HashSet<string> s_idNames =
        ["id", "code", "access_token", "refresh_token", "device_code", "user_code", "client_id", "blob_hash"];

    private readonly Dictionary<string, string> _currentValues = new(StringComparer.Ordinal);
    private (string Recorded, string Live)[] _longestFirst = [];

    /// <summary>Whether two values are known to stand for the same thing.</summary>
    public bool AreEquivalent(string recorded, string now) => _currentValues.GetValueOrDefault(recorded) == now;

    /// <summary>Notes what in an answer differs only by chance.</summary>
    public void AddMappings(JsonElement recorded, JsonElement now)
    {
        AddMappings(recorded, now, null);
        _longestFirst = [.. _currentValues.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Key.Length)];
    }

    /// <summary>Puts live values in the place of recorded ones.</summary>
    public string Replace(string text)
    {
        foreach ((string recorded, string now) in _longestFirst)
        {
            text = text.Replace(recorded, now, StringComparison.Ordinal);
            string escaped = Uri.EscapeDataString(recorded);
            if (escaped != recorded)
            {
                text = text.Replace(escaped, Uri.EscapeDataString(now), StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>Moves every time in a text.</summary>
    public static string Shift(string text, TimeSpan by) => TimePattern().Replace(text, match =>
    {
        bool isEscaped = match.Value.Contains("%3A", StringComparison.Ordinal);
        DateTimeOffset time = DateTimeOffset.Parse(match.Value.Replace("%3A", ":", StringComparison.Ordinal), CultureInfo.InvariantCulture) + by;
        string moved = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return isEscaped ? moved.Replace(":", "%3A", StringComparison.Ordinal) : moved;
    });

    public static bool HasTime(string text) => TimePattern().IsMatch(text);

    private void AddMappings(JsonElement recorded, JsonElement now, string? name)
    {
        switch (recorded.ValueKind, now.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                foreach (JsonProperty member in recorded.EnumerateObject())
                {
                    if (now.TryGetProperty(member.Name, out JsonElement other))
                    {
                        AddMappings(member.Value, other, member.Name);
                    }
                }

                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                AddItemMappings([.. recorded.EnumerateArray()], [.. now.EnumerateArray()], name);
                break;
            default:
                AddValueMapping(recorded, now, name);
                break;
        }
    }

    private void AddItemMappings(JsonElement[] recorded, JsonElement[] now, string? name)
    {
        if (name == "items" && recorded.Length == now.Length && recorded.Concat(now).All(IsPlain))
        {
            foreach ((JsonElement was, JsonElement isNow) in recorded.Zip(now))
            {
                _currentValues[was.ToString()] = isNow.ToString();
            }
        }

        foreach ((JsonElement was, JsonElement isNow) in recorded.Zip(now))
        {
            AddMappings(was, isNow, name);
        }
    }

    private void AddValueMapping(JsonElement recorded, JsonElement now, string? name)
    {
        bool isId = name is not null && s_idNames.Contains(name) && IsPlain(recorded) && recorded.ToString().Length > 3;
        bool isToken = name == "data" && recorded.ValueKind == JsonValueKind.String && now.ValueKind == JsonValueKind.String;
        if ((isId || isToken) && recorded.ToString() != now.ToString())
        {
            _currentValues[recorded.ToString()] = now.ToString();
        }
    }

    private static bool IsPlain(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d(?::|%3A)\d\d(?::|%3A)\d\dZ")]
    private static partial Regex TimePattern();
}
