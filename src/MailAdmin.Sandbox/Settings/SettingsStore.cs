namespace MailAdmin.Sandbox.Settings;

/// <summary>The flat settings: dotted keys and string values, in the order of their keys.</summary>
internal sealed class SettingsStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string key]
    {
        get
        {
            lock (_gate)
            {
                return _values.GetValueOrDefault(key);
            }
        }
    }

    public void Set(string key, string value)
    {
        lock (_gate)
        {
            _values[key] = value;
        }
    }

    public void Remove(string key)
    {
        lock (_gate)
        {
            _values.Remove(key);
        }
    }

    /// <summary>Everything whose key begins with a text, as it is now.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FindByPrefix(string prefix)
    {
        lock (_gate)
        {
            return [.. _values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    /// <summary>The same, keys without the prefix. The prefix gets a dot if it has none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> GetSection(string prefix)
    {
        string dotted = EnsureTrailingDot(prefix);
        return [.. FindByPrefix(dotted).Select(pair => KeyValuePair.Create(pair.Key[dotted.Length..], pair.Value))];
    }

    public static string EnsureTrailingDot(string prefix) => prefix.Length == 0 || prefix.EndsWith('.') ? prefix : prefix + ".";
}
