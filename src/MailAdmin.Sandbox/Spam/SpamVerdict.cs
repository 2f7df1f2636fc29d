using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Spam;

/// <summary>The result of the filter: tags, the sum of their scores, and the action.</summary>
internal sealed class SpamVerdict(IReadOnlyList<KeyValuePair<string, TagScore>> tags, SpamScores scores, ServerDialect dialect)
{
    private const string HeaderTagPrefix = "X_HDR_";

    public double Score { get; } = tags.Sum(tag => tag.Value.Value);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteNumber(json, "score", Score);
        json.WriteStartObject("tags"u8);
        foreach ((string name, TagScore score) in tags)
        {
            json.WriteStartObject(name);
            json.WriteString("action"u8, score.Action ?? "allow");
            if (score.Action is null)
            {
                WriteNumber(json, "value", score.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("disposition"u8);
        string? action = GetAction();
        json.WriteString("action"u8, action ?? "allow");
        if (action is null)
        {
            json.WriteString("value"u8, FormatHeaders());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>As servers from 0.16 show it. A tag that nobody has said anything about seems to reject, which means nothing.</summary>
    public JsonObject Show() => new()
    {
        ["score"] = Score,
        ["tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)new JsonObject
        {
            ["score"] = tag.Value.Value,
            ["disposition"] = tag.Value.Action ?? (scores.IsSet(tag.Key) ? "score" : SpamScores.Reject),
        }))),
        ["result"] = GetAction() ?? (Score >= scores.SpamThreshold ? "spam" : "ham"),
    };

    private string? GetAction()
    {
        if (tags.FirstOrDefault(tag => tag.Value.Action is not null).Value.Action is { } action)
        {
            return action;
        }

        if (scores.RejectThreshold > 0 && Score >= scores.RejectThreshold)
        {
            return SpamScores.Reject;
        }

        return scores.DiscardThreshold > 0 && Score >= scores.DiscardThreshold ? SpamScores.Discard : null;
    }

    /// <summary>The headers that the message would get: the tags from the lowest score to the highest, and the verdict.</summary>
    private string FormatHeaders()
    {
        IEnumerable<string> named = tags.Where(tag => !tag.Key.StartsWith(HeaderTagPrefix, StringComparison.Ordinal))
            .OrderBy(tag => tag.Value.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key} ({tag.Value.Value:F2})"));
        bool isSpam = Score >= scores.SpamThreshold;
        (string header, string word) = dialect.HasSpamScoreHeader ? ("X-Spam-Score", isSpam ? "spam" : "ham") : ("X-Spam-Status", isSpam ? "Yes" : "No");
        return new StringBuilder()
            .Append("X-Spam-Result: ").AppendJoin(",\r\n\t", named).Append("\r\n")
            .Append(CultureInfo.InvariantCulture, $"{header}: {word}, score={Score:F2}\r\n")
            .ToString();
    }

    /// <summary>A floating-point number keeps its fraction: <c>0.0</c>.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        json.WriteRawValue(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0");
    }
}
