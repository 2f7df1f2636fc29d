using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailAdmin.Client;

namespace MailAdmin.Tests.Recordings;

/// <summary>One line of a recording: an exchange, a message handed in, a wait, or several calls at once.</summary>
internal sealed partial record RecordedLine(string Id, string Section, string Operation, JsonElement Json)
{
    public JsonElement? Request => Find("request");

    /// <summary>What was called; null when that is no operation, or no request.</summary>
    public Operation? Called => Request is { } request && request.TryGetProperty("path", out JsonElement path)
        ? RecordedOperations.Find(request.GetProperty("method").GetString()!, path.GetString()!)
        : null;

    public JsonElement Response => Json.GetProperty("response");

    public DateTimeOffset? Time => Find("time") is { } time
        ? DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    /// <summary>Reads a recording. The servers stood side by side, each on ports of its own: here all are on those of the first.</summary>
    public static IReadOnlyList<RecordedLine> ReadAll(string path) =>
        [.. File.ReadLines(path).Select(text => Parse(MailPortPattern().Replace(WebPortPattern().Replace(text, "8080"), "252")))];

    public JsonElement? Find(string name) => Json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    [GeneratedRegex(@"(?<=(127\.0\.0\.1|example\.org):)808[12]\b")]
    private static partial Regex WebPortPattern();

    [GeneratedRegex(@"(?<=127\.0\.0\.1:)25[34](?=[56]\b)")]
    private static partial Regex MailPortPattern();

    private static RecordedLine Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        JsonElement json = document.RootElement.Clone();
        return new RecordedLine(Text(json, "id"), Text(json, "section"), Text(json, "op"), json);
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
}
