using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Reports;

/// <summary>The members of a JSON object of a report. An absent one, or one of another form, is as if it were null.</summary>
internal sealed class ReportMembers
{
    private readonly JsonElement _object;
    private readonly HashSet<string> _readNames = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">It is not an object.</exception>
    public ReportMembers(JsonElement json) => _object = json.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined ? json : throw new JsonException("The report has another shape.");

    public string? GetText(string name) => GetMember(name, JsonValueKind.String)?.GetString();

    public long GetNumber(string name) => GetMember(name, JsonValueKind.Number) is { } number && number.TryGetInt64(out long value) ? value : 0;

    public bool GetFlag(string name) => (GetMember(name, JsonValueKind.True) ?? GetMember(name, JsonValueKind.False))?.GetBoolean() ?? false;

    /// <summary>A time in seconds since 1970.</summary>
    public DateTimeOffset? GetUnixTime(string name) => GetMember(name, JsonValueKind.Number) is { } number && number.TryGetInt64(out long seconds)
        && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>A time in words of RFC 3339.</summary>
    public DateTimeOffset? GetTime(string name) => GetMember(name, JsonValueKind.String) is { } text && text.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;

    public StringList GetTexts(string name) => GetMember(name, JsonValueKind.Array) is { } list
        ? new StringList(list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!))
        : StringList.Empty;

    public ItemList<T> GetList<T>(string name, Func<ReportMembers, T> read) => GetMember(name, JsonValueKind.Array) is { } list
        ? new ItemList<T>(list.EnumerateArray().Select(item => read(new ReportMembers(item))))
        : ItemList<T>.Empty;

    public ReportMembers GetObject(string name) => new(GetMember(name, JsonValueKind.Object) ?? default);

    /// <summary>The same where there is none in no report.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public ReportMembers GetRequiredObject(string name) => GetMember(name, JsonValueKind.Object) is { } value ? new(value) : throw new JsonException($"There is no '{name}' in it.");

    /// <summary>What was not asked for by name, but for <paramref name="known"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> GetUnknownMembers(params ReadOnlySpan<string> known)
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
        return rest.ToDictionary();
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
