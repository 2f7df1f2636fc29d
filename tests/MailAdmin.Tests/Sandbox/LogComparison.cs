using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Sandbox;

/// <summary>
/// Says how a page of a log differs from the recorded one. When a connection begins and ends is chance, so lines are not compared one
/// by one: there have to be as many, the total has to agree, and an event has to look like the recorded events of its name.
/// </summary>
internal static partial class LogComparison
{
    public static IReadOnlyList<string> Compare(JsonElement recorded, JsonElement now)
    {
        var differences = new List<string>();
        (ComparedLine[] was, ComparedLine[] isNow) = (ReadLines(recorded), ReadLines(now));
        if (was.Length != isNow.Length)
        {
            differences.Add($"{was.Length} lines became {isNow.Length}");
        }

        if (recorded.GetProperty("total").GetInt64() != now.GetProperty("total").GetInt64())
        {
            differences.Add($"total {recorded.GetProperty("total")} became {now.GetProperty("total")}");
        }

        ILookup<string, ComparedLine> known = was.ToLookup(line => line.Id);
        differences.AddRange(isNow.Where(line => !DetailsPattern().IsMatch(line.Details)).Select(line => $"odd details '{line.Details}'"));
        differences.AddRange(
            from line in isNow
            where known.Contains(line.Id) && known[line.Id].All(other => (other.Level, other.Event) != (line.Level, line.Event))
            select $"{line.Id}: {line.Level} '{line.Event}' is new");
        return differences;
    }

    private static ComparedLine[] ReadLines(JsonElement page) =>
    [
        .. page.GetProperty("items").EnumerateArray().Select(item => new ComparedLine(
            GetText(item, "timestamp"), GetText(item, "level"), GetText(item, "event"), GetText(item, "event_id"), GetText(item, "details"))),
    ];

    private static string GetText(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    [GeneratedRegex(@"^\w+ = .+")]
    private static partial Regex DetailsPattern();

    private sealed record ComparedLine(string Time, string Level, string Event, string Id, string Details);
}
