using System.Globalization;

namespace MailAdmin.Sandbox.Http;

/// <summary>A query string: pairs without a value are ignored, of two pairs with the same key the last counts, a value that cannot be parsed is absent.</summary>
internal sealed class QueryValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public QueryValues(string query)
    {
        foreach ((string key, string value) in FormDecoding.ParsePairs(query))
        {
            if (value.Length > 0)
            {
                _values[key] = value;
            }
        }
    }

    public IEnumerable<KeyValuePair<string, string>> All => _values;

    public string? this[string key] => _values.GetValueOrDefault(key);

    public bool Contains(string key) => _values.ContainsKey(key);

    public int GetInt32(string key) =>
        _values.TryGetValue(key, out string? text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? (int)Math.Min(number, int.MaxValue)
            : 0;

    /// <summary>A number of up to 64 bits.</summary>
    public ulong? GetUInt64(string key) =>
        _values.TryGetValue(key, out string? text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;
}
