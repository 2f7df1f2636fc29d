using System.Globalization;
using System.Text.Json;

namespace MailAdmin.Tests.Sandbox;

/// <summary>One line of a recording: an exchange, a message handed in, a wait, or several calls at once.</summary>
internal sealed record RecordedLine(string Id, string Section, string Operation, JsonElement Json)
{
    public JsonElement? Request => Find("request");

    public JsonElement Response => Json.GetProperty("response");

    public DateTimeOffset? Time => Find("time") is { } time
        ? DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    public static IReadOnlyList<RecordedLine> ReadAll(string path) => [.. File.ReadLines(path).Select(Parse)];

    public JsonElement? Find(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static RecordedLine Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement.Clone();
        return new RecordedLine(Text(json, "id"), Text(json, "section"), Text(json, "op"), json);
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.ToString() : "";
}
