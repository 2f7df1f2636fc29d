namespace MailAdmin.Sandbox.Settings;

/// <summary>The flat settings: dotted keys, texts as values, in the order of their keys.</summary>
internal sealed class SettingsStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    public string? this[string key]
    {
        get
        {
            lock (gate)
                return values.GetValueOrDefault(key);
        }
    }

    public void Set(string key, string value)
    {
        lock (gate)
            values[key] = value;
    }

    public void Remove(string key)
    {
        lock (gate)
            values.Remove(key);
    }

    /// <summary>Everything whose key begins with a text, as it is now.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> WithPrefix(string prefix)
    {
        lock (gate)
            return [.. values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>The same, keys without the prefix. A prefix means what is below it: it gets a dot if it has none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Below(string prefix)
    {
        var dotted = Dotted(prefix);
        return [.. WithPrefix(dotted).Select(pair => KeyValuePair.Create(pair.Key[dotted.Length..], pair.Value))];
    }

    public static string Dotted(string prefix) => prefix.Length == 0 || prefix.EndsWith('.') ? prefix : prefix + ".";
}
