using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Settings;

/// <summary><c>/api/settings</c>: read by key, by list and by group; change in order and not as one.</summary>
internal sealed class SettingsEndpoint(SettingsStore settings) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call)
    {
        switch (call.Method, call.Element(1), call.Path.Length)
        {
            case ("GET", "keys", _):
                call.Caller.Require("settings-list");
                return Keys(call.Query);
            case ("GET", "list", _):
                call.Caller.Require("settings-list");
                return List(call.Query);
            case ("GET", "group", _):
                call.Caller.Require("settings-list");
                return Group(call.Query);
            case ("DELETE", { Length: > 0 }, > 1):
                call.Caller.Require("settings-delete");
                settings.Remove(call.Decoded(1));
                return Answers.Done();
            case ("POST", _, 1):
                call.Caller.Require("settings-update");
                Change(call);
                return Answers.Done();
            default:
                throw Refusal.NoSuchResource();
        }
    }

    private SandboxResponse Keys(QueryValues query)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in Split(query["keys"]))
        {
            if (settings[key] is { } value)
            {
                found[key] = value;
            }
        }

        foreach (KeyValuePair<string, string> pair in Split(query["prefixes"]).SelectMany(prefix => settings.WithPrefix(SettingsStore.Dotted(prefix))))
        {
            found[pair.Key] = pair.Value;
        }

        return Answers.Data(json => WriteObject(json, found));
    }

    private SandboxResponse List(QueryValues query)
    {
        IReadOnlyList<KeyValuePair<string, string>> found = settings.Below(query["prefix"] ?? "");
        return Answers.Data(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, found.Count);
            json.WritePropertyName("items"u8);
            WriteObject(json, Page(found, query));
            json.WriteEndObject();
        });
    }

    private SandboxResponse Group(QueryValues query)
    {
        IReadOnlyList<KeyValuePair<string, string>> below = settings.Below(query["prefix"] ?? "");
        List<SortedDictionary<string, string>> records = query["suffix"] is { } suffix ? Records(below, suffix.StartsWith('.') ? suffix : "." + suffix) : [];
        List<SortedDictionary<string, string>> items = records.Count > 0 ? FilterRecords(records, query) : Flat(below, query["filter"]);
        return Answers.Data(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, items.Count);
            json.WriteStartArray("items"u8);
            foreach (SortedDictionary<string, string>? item in Page(items, query))
            {
                WriteObject(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>One record for each key that ends in the suffix, with everything else below the same name.</summary>
    private static List<SortedDictionary<string, string>> Records(IReadOnlyList<KeyValuePair<string, string>> below, string suffix)
    {
        IEnumerable<string> ids = below.Where(pair => pair.Key.EndsWith(suffix, StringComparison.Ordinal)).Select(pair => pair.Key[..^suffix.Length]);
        return [.. ids.Select(id =>
        {
            var record = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["_id"] = id };
            foreach ((string? key, string? value) in below.Where(pair => pair.Key.StartsWith(id + ".", StringComparison.Ordinal))) { record[key[(id.Length + 1)..]] = value; } return record;
        })];
    }

    private static List<SortedDictionary<string, string>> FilterRecords(List<SortedDictionary<string, string>> records, QueryValues query)
    {
        string? filter = query["filter"]?.ToLowerInvariant();
        List<SortedDictionary<string, string>> kept = records.FindAll(record => filter is null || record.Values.Any(value => value.Contains(filter, StringComparison.OrdinalIgnoreCase)));
        if (query["field"] is not { } field)
        {
            return kept;
        }

        return kept.ConvertAll(record => new SortedDictionary<string, string>(
            record.Where(pair => pair.Key == "_id" || pair.Key == field).ToDictionary(), StringComparer.Ordinal));
    }

    private static List<SortedDictionary<string, string>> Flat(IReadOnlyList<KeyValuePair<string, string>> below, string? filter) =>
    [
        .. below.Where(pair => filter is null || Contains(pair.Key, filter) || Contains(pair.Value, filter))
            .Select(pair => new SortedDictionary<string, string>(StringComparer.Ordinal) { ["_id"] = pair.Key, ["_value"] = pair.Value }),
    ];

    private void Change(ApiCall call)
    {
        using JsonDocument body = call.Json();
        foreach (SettingsChange change in SettingsChange.ParseAll(body.RootElement))
        {
            change.Apply(settings);
        }
    }

    private static bool Contains(string text, string filter) => text.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<T> Page<T>(IReadOnlyList<T> items, QueryValues query)
    {
        int limit = query.Number("limit");
        return limit == 0 ? items : items.Skip((int)Math.Min(int.MaxValue, (long)Math.Max(query.Number("page") - 1, 0) * limit)).Take(limit);
    }

    private static string[] Split(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject();
        foreach ((string? key, string? value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
