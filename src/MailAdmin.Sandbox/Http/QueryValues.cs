using System.Globalization;

namespace MailAdmin.Sandbox.Http;

/// <summary>A query string: pairs without a value do not count, of two pairs with one key the last counts, what does not parse is absent.</summary>
internal sealed class QueryValues
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public QueryValues(string query)
    {
        foreach (var (key, value) in FormDecoding.Pairs(query))
        {
            if (value.Length > 0)
                values[key] = value;
        }
    }

    public IEnumerable<KeyValuePair<string, string>> All => values;

    public string? this[string key] => values.GetValueOrDefault(key);

    public bool Has(string key) => values.ContainsKey(key);

    public int Number(string key) =>
        values.TryGetValue(key, out var text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Min(number, int.MaxValue)
            : 0;

    /// <summary>A number of up to 64 bits.</summary>
    public ulong? LongNumber(string key) =>
        values.TryGetValue(key, out var text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
