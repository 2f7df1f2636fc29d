using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Reports;

/// <summary>The members of a JSON object of a report. An absent one, or one of another form, is as if it were null.</summary>
internal sealed class ReportMembers
{
    private const double MaxExactDouble = 1L << 53;
    private readonly JsonElement _object;
    private readonly HashSet<string> _readNames = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">It is not an object.</exception>
    public ReportMembers(JsonElement json) => _object = json.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined ? json : throw new JsonException("The report has another shape.");

    public string? GetText(string name) => GetMember(name, JsonValueKind.String)?.GetString();

    /// <summary>A whole number, also one that is written as a text or as 3.0.</summary>
    public long GetNumber(string name) => GetWhole(name) ?? 0;

    public bool GetFlag(string name) => (GetMember(name, JsonValueKind.True) ?? GetMember(name, JsonValueKind.False))?.GetBoolean() ?? false;

    /// <summary>A time in seconds since 1970.</summary>
    public DateTimeOffset? GetUnixTime(string name) => GetWhole(name) is { } seconds
        && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>A time in words of RFC 3339.</summary>
    public DateTimeOffset? GetTime(string name) => GetMember(name, JsonValueKind.String) is { } text && text.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;

    public StringList GetTexts(string name) => GetMember(name, JsonValueKind.Array) is { } list
        ? new StringList(list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!))
        : StringList.Empty;

    /// <summary>A list of objects; one object alone is a list of one.</summary>
    public ItemList<T> GetList<T>(string name, Func<ReportMembers, T> read) =>
        GetMember(name, JsonValueKind.Array) is { } list ? new ItemList<T>(list.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).Select(item => read(new ReportMembers(item))))
        : GetMember(name, JsonValueKind.Object) is { } only ? new ItemList<T>([read(new ReportMembers(only))])
        : ItemList<T>.Empty;

    public ReportMembers GetObject(string name) => new(GetMember(name, JsonValueKind.Object) ?? default);

    /// <summary>A member that every answer has, though it may be null: without it, it is none.</summary>
    /// <exception cref="JsonException">It is not there, or something else.</exception>
    public ReportMembers GetRequiredObject(string name) =>
        _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Null
            ? GetObject(name)
            : throw new JsonException($"There is no '{name}' in it.");

    /// <summary>What was not asked for by name, but for <paramref name="known"/>.</summary>
    public NamedValues GetUnknownMembers(params ReadOnlySpan<string> known)
    {
        var rest = new UnknownMembers();
        if (_object.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in _object.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null && !_readNames.Contains(member.Name) && !known.Contains(member.Name))
                {
                    rest.Add(member.Name, member.Value);
                }
            }
        }
        return rest.ToValues();
    }

    private long? GetWhole(string name)
    {
        if (_object.ValueKind != JsonValueKind.Object || !_object.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }
        long? whole = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out long number) => number,
            JsonValueKind.Number when value.TryGetDouble(out double number) && Math.Abs(number) < MaxExactDouble && double.IsInteger(number) => (long)number,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            _ => null,
        };
        if (whole is not null || value.ValueKind == JsonValueKind.Null)
        {
            _readNames.Add(name);
        }
        return whole;
    }

    private JsonElement? GetMember(string name, JsonValueKind kind)
    {
        if (_object.ValueKind != JsonValueKind.Object || !_object.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }
        if (value.ValueKind == kind || value.ValueKind == JsonValueKind.Null)
        {
            _readNames.Add(name);
        }
        return value.ValueKind == kind ? value : null;
    }
}
