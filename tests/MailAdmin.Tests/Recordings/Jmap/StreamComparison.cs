using System.Text.Json;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Compares live streams event by event: name, and type and members of what it carries.</summary>
internal static class StreamComparison
{
    public static IReadOnlyList<string> Compare(JsonElement recorded, string live)
    {
        string[] was = [.. recorded.EnumerateArray().Select(frame => Describe(frame.GetString()!))];
        string[] isNow = [.. live.Split("\n\n").Where(frame => !string.IsNullOrWhiteSpace(frame)).Select(Describe)];
        int first = was.Zip(isNow).TakeWhile(pair => pair.First == pair.Second).Count();
        return was.Length == isNow.Length && first == was.Length
            ? []
            : [$"{was.Length} events became {isNow.Length}; at {first}: {was.ElementAtOrDefault(first) ?? "the end"} became {isNow.ElementAtOrDefault(first) ?? "the end"}"];
    }

    private static string Describe(string frame)
    {
        string name = frame.Split('\n')[0];
        return frame.Split("data:", 2) is [_, var data] && RecordedBody.Parse(data.Trim()) is { ValueKind: JsonValueKind.Array } items
            ? $"{name} {string.Join(", ", items.EnumerateArray().Select(DescribeItem))}"
            : name;
    }

    private static string DescribeItem(JsonElement item) =>
        $"{item.GetProperty("type")}({string.Join(' ', item.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))})";
}
