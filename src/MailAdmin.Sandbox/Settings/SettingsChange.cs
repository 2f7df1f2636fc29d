using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Settings;

/// <summary>One entry of <c>POST /api/settings</c>. The body is checked as a whole and applied entry by entry.</summary>
internal abstract record SettingsChange
{
    /// <summary>Applies the change; throws an <see cref="ApiException"/> where the server stops, with the changes before applied.</summary>
    public abstract void Apply(SettingsStore settings);

    public static IReadOnlyList<SettingsChange> ReadAll(JsonElement body) => [.. body.EnumerateArray().Select(Read)];

    private static SettingsChange Read(JsonElement entry) => entry.GetText("type") switch
    {
        "delete" => new Delete(entry.GetTexts("keys")),
        "clear" => new Clear(entry.GetText("prefix"), entry.FindText("filter")),
        _ => new Insert(entry.FindText("prefix"), ReadPairs(entry.GetProperty("values")), entry.GetFlag("assert_empty")),
    };

    private static (string Key, string Value)[] ReadPairs(JsonElement pairs) => [.. pairs.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!))];

    private sealed record Delete(string[] Keys) : SettingsChange
    {
        public override void Apply(SettingsStore settings)
        {
            foreach (string key in Keys)
            {
                settings.Remove(key);
            }
        }
    }

    /// <summary>The prefix is matched as text: without a dot at the end it also matches longer keys.</summary>
    private sealed record Clear(string Prefix, string? Filter) : SettingsChange
    {
        public override void Apply(SettingsStore settings)
        {
            foreach ((string key, string value) in settings.FindByPrefix(Prefix))
            {
                if (Filter is null || key.Contains(Filter, StringComparison.OrdinalIgnoreCase) || value.Contains(Filter, StringComparison.OrdinalIgnoreCase))
                {
                    settings.Remove(key);
                }
            }
        }
    }

    private sealed record Insert(string? Prefix, (string Key, string Value)[] Values, bool AssertEmpty) : SettingsChange
    {
        public override void Apply(SettingsStore settings)
        {
            if (AssertEmpty && IsTaken(settings))
            {
                throw ApiException.AssertFailed();
            }

            foreach ((string key, string value) in Values)
            {
                settings.Set(Prefix is null ? key : $"{Prefix}.{key}", value);
            }
        }

        private bool IsTaken(SettingsStore settings) => Prefix is not null
            ? settings.FindByPrefix(Prefix + ".").Count > 0
            : Values.Length > 0 && settings[Values[0].Key] is not null;
    }
}
