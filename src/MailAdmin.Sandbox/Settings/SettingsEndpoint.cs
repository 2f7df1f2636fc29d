using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Settings;

/// <summary><c>/api/settings</c>: read by key, by list and by group; changes are applied in order, not atomically.</summary>
internal sealed class SettingsEndpoint(SettingsStore settings)
{
    public SandboxResponse ListKeys(ApiCall call)
    {
        call.Caller.Require("settings-list");
        QueryValues query = call.Query;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in SplitList(query["keys"]))
        {
            if (settings[key] is { } value)
            {
                found[key] = value;
            }
        }

        foreach (KeyValuePair<string, string> pair in SplitList(query["prefixes"]).SelectMany(prefix => settings.FindByPrefix(SettingsStore.EnsureTrailingDot(prefix))))
        {
            found[pair.Key] = pair.Value;
        }

        return Responses.Data(json => WriteObject(json, found));
    }

    public SandboxResponse List(ApiCall call)
    {
        call.Caller.Require("settings-list");
        QueryValues query = call.Query;
        IReadOnlyList<KeyValuePair<string, string>> found = settings.GetSection(query["prefix"] ?? "");
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, found.Count);
            json.WritePropertyName("items"u8);
            WriteObject(json, GetPage(found, query));
            json.WriteEndObject();
        });
    }

    public SandboxResponse Delete(ApiCall call)
    {
        if (call.GetSegment(1).Length == 0)
        {
            throw ApiException.NoSuchResource();
        }

        call.Caller.Require("settings-delete");
        settings.Remove(call.GetDecodedSegment(1));
        return Responses.Success();
    }

    public SandboxResponse ListGroup(ApiCall call)
    {
        call.Caller.Require("settings-list");
        QueryValues query = call.Query;
        IReadOnlyList<KeyValuePair<string, string>> section = settings.GetSection(query["prefix"] ?? "");
        List<SortedDictionary<string, string>> records = query["suffix"] is { } suffix ? BuildRecords(section, suffix.StartsWith('.') ? suffix : "." + suffix) : [];
        List<SortedDictionary<string, string>> items = records.Count > 0 ? FilterRecords(records, query) : BuildFlatRecords(section, query["filter"]);
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total"u8, items.Count);
            json.WriteStartArray("items"u8);
            foreach (SortedDictionary<string, string> item in GetPage(items, query))
            {
                WriteObject(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>One record for each key that ends in the suffix, with all other keys under the same name.</summary>
    private static List<SortedDictionary<string, string>> BuildRecords(IReadOnlyList<KeyValuePair<string, string>> section, string suffix)
    {
        IEnumerable<string> ids = section.Where(pair => pair.Key.EndsWith(suffix, StringComparison.Ordinal)).Select(pair => pair.Key[..^suffix.Length]);
        return [.. ids.Select(id =>
        {
            var record = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["_id"] = id };
            foreach ((string key, string value) in section.Where(pair => pair.Key.StartsWith(id + ".", StringComparison.Ordinal)))
            {
                record[key[(id.Length + 1)..]] = value;
            }

            return record;
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

    private static List<SortedDictionary<string, string>> BuildFlatRecords(IReadOnlyList<KeyValuePair<string, string>> section, string? filter) =>
    [
        .. section.Where(pair => filter is null || Contains(pair.Key, filter) || Contains(pair.Value, filter))
            .Select(pair => new SortedDictionary<string, string>(StringComparer.Ordinal) { ["_id"] = pair.Key, ["_value"] = pair.Value }),
    ];

    public SandboxResponse Change(ApiCall call)
    {
        call.Caller.Require("settings-update");
        using JsonDocument body = call.ParseBody();
        foreach (SettingsChange change in SettingsChange.ReadAll(body.RootElement))
        {
            change.Apply(settings);
        }

        return Responses.Success();
    }

    private static bool Contains(string text, string filter) => text.Contains(filter, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<T> GetPage<T>(IReadOnlyList<T> items, QueryValues query)
    {
        int limit = query.GetInt32("limit");
        return limit == 0 ? items : items.Skip((int)Math.Min(int.MaxValue, (long)Math.Max(query.GetInt32("page") - 1, 0) * limit)).Take(limit);
    }

    private static string[] SplitList(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject();
        foreach ((string key, string value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
