using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Settings;

/// <summary>Readers of settings, groups and problems (docs/api.md §6.6, §6.7).</summary>
internal static class SettingsReader
{
    private const string IdMember = "_id";
    private const string ValueMember = "_value";

    /// <summary>An object of keys and values.</summary>
    public static List<MailSetting> ReadPairs(ref Utf8JsonReader reader, string prefix)
    {
        var settings = new List<MailSetting>();
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = prefix + reader.GetString();
            reader.Read();
            settings.Add(new MailSetting(key, ReadText(ref reader)));
        }
        settings.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return settings;
    }

    /// <summary>The answer of /settings/list: total, and an object of keys without the prefix.</summary>
    public static SettingPage<MailSetting> ReadList(ref Utf8JsonReader reader, string prefix)
    {
        long total = 0;
        List<MailSetting>? items = null;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "total": total = reader.GetInt64(); break;
                case "items": items = ReadPairs(ref reader, prefix); break;
                default: reader.Skip(); break;
            }
        }
        return new SettingPage<MailSetting>(total, items ?? throw new JsonException("A list has items."));
    }

    /// <summary>The answer of /settings/group: total, and an array of flat objects, each with its <c>_id</c>.</summary>
    public static SettingPage<MailSettingGroup> ReadGroups(ref Utf8JsonReader reader, string prefix)
    {
        long total = 0;
        List<MailSettingGroup>? items = null;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "total":
                    total = reader.GetInt64();
                    break;
                case "items":
                    reader.Expect(JsonTokenType.StartArray);
                    items = [];
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        reader.Expect(JsonTokenType.StartObject);
                        items.Add(ReadGroup(ref reader, prefix));
                    }
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return new SettingPage<MailSettingGroup>(total, items ?? throw new JsonException("A list has items."));
    }

    /// <summary>The answer of /reload: errors first.</summary>
    public static IReadOnlyList<MailSettingProblem> ReadProblems(ref Utf8JsonReader reader)
    {
        var problems = new List<MailSettingProblem>();
        bool hasErrors = false;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            MailSettingSeverity? severity = reader.GetString() switch
            {
                "errors" => MailSettingSeverity.Error,
                "warnings" => MailSettingSeverity.Warning,
                _ => null,
            };
            reader.Read();
            hasErrors |= severity == MailSettingSeverity.Error && reader.TokenType == JsonTokenType.StartObject;
            if (severity is null || reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string key = reader.GetString()!;
                reader.Read();
                problems.Add(ReadProblem(ref reader, severity.Value, key));
            }
        }
        if (!hasErrors)
        {
            // Without it nobody can say that there are none.
            throw new JsonException("There is no list of errors in it.");
        }
        return [.. problems.OrderByDescending(p => p.Severity).ThenBy(p => p.Key, StringComparer.Ordinal)];
    }

    private static MailSettingGroup ReadGroup(ref Utf8JsonReader reader, string prefix)
    {
        string id = "";
        var pairs = new List<(string Key, string Value)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == IdMember)
            {
                reader.Expect(JsonTokenType.String);
                id = reader.GetString()!;
            }
            else
            {
                pairs.Add((name, ReadText(ref reader)));
            }
        }
        string below = prefix + id;
        // An item without a suffix is a setting by itself.
        return new MailSettingGroup
        {
            Id = id,
            Prefix = below,
            Setting = new(pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new MailSetting(p.Key == ValueMember ? below : $"{below}.{p.Key}", p.Value))),
        };
    }

    private static MailSettingProblem ReadProblem(ref Utf8JsonReader reader, MailSettingSeverity severity, string key)
    {
        string kind = "";
        string? detail = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isKind = reader.ValueTextEquals("type");
                reader.Read();
                string text = ReadText(ref reader);
                (kind, detail) = isKind ? (text, detail) : (kind, text);
            }
        }
        else
        {
            detail = ReadText(ref reader);
        }
        // The server quotes values: of a secret none is shown.
        string? shown = SecretSettings.IsSecret(key, detail) ? "(hidden)" : detail;
        return new MailSettingProblem { Severity = severity, Key = key, Kind = kind, Message = FormatMessage(kind, shown) };
    }

    private static string FormatMessage(string kind, string? detail) => kind switch
    {
        "missing" => "The setting is missing.",
        "appliedDefault" => $"The setting is missing or unusable; '{detail}' is used.",
        "unread" => $"Nothing reads this setting (its value is '{detail}'). Is the key spelled right?",
        _ when !string.IsNullOrWhiteSpace(detail) => detail,
        _ => $"The server says '{kind}' and no more.",
    };

    // Every value is a text; a later server may send a number or a list, whose JSON is then the text.
    private static string ReadText(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Null:
                return "";
            default:
                return JsonElement.ParseValue(ref reader).GetRawText();
        }
    }
}
