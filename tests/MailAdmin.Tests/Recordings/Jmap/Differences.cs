using System.Text.Json;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>What differs between an answer and the recorded one, each with the place in the JSON.</summary>
internal sealed class Differences
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string path, string what) => _all.Add($"{path}: {what}");

    public void Add(string path, JsonElement recorded, JsonElement live) => Add(path, $"{Short(recorded)} became {Short(live)}");

    private static string Short(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length > 90 ? text[..90] + "…" : text;
    }
}
