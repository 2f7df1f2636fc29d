using System.Globalization;
using System.Text.Json;

namespace MailAdmin.Client.Values;

/// <summary>The members of a JSON object that is read leniently: an absent one, or one of another form, is as if it were null.</summary>
internal sealed class JsonMembers
{
    private const double MaxExactDouble = 1L << 53;
    private readonly JsonElement _object;
    private readonly HashSet<string> _readNames = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">It is not an object.</exception>
    public JsonMembers(JsonElement json) => _object = json.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined ? json : throw new JsonException("It is no object.");

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
    public ItemList<T> GetList<T>(string name, Func<JsonMembers, T> read) =>
        GetMember(name, JsonValueKind.Array) is { } list ? new ItemList<T>(list.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).Select(item => read(new JsonMembers(item))))
        : GetMember(name, JsonValueKind.Object) is { } only ? new ItemList<T>([read(new JsonMembers(only))])
        : ItemList<T>.Empty;

    /// <summary>A set as servers from 0.16 on write it: its elements are the names of members that are true. They come in the order of the server, which is not that of the sender.</summary>
    public StringList GetSet(string name) => GetMember(name, JsonValueKind.Object) is { } set
        ? new StringList(set.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.True).Select(member => member.Name))
        : StringList.Empty;

    /// <summary>A list as servers from 0.16 on write it: an object whose members are named by their places.</summary>
    public ItemList<T> GetNumbered<T>(string name, Func<JsonMembers, T> read) => new(GetNamed(name).OrderBy(item => GetPlace(item.Name)).Select(item => read(item.Value)));

    /// <summary>The objects among the members of an object, with their names.</summary>
    public IEnumerable<(string Name, JsonMembers Value)> GetNamed(string name) => GetMember(name, JsonValueKind.Object) is { } map
        ? map.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object).Select(member => (member.Name, new JsonMembers(member.Value)))
        : [];

    public JsonMembers GetObject(string name) => new(GetMember(name, JsonValueKind.Object) ?? default);

    /// <summary>A member that every answer has, though it may be null: without it, it is none.</summary>
    /// <exception cref="JsonException">It is not there, or something else.</exception>
    public JsonMembers GetRequiredObject(string name) =>
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

    /// <summary>What was not asked for, and is neither null nor empty, into what is gathered.</summary>
    public void AddUnknownMembers(UnknownMembers unknown, params ReadOnlySpan<string> known)
    {
        if (_object.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        foreach (JsonProperty member in _object.EnumerateObject())
        {
            bool isEmpty = member.Value.ValueKind == JsonValueKind.Null || (member.Value.ValueKind == JsonValueKind.Object && !member.Value.EnumerateObject().Any());
            if (!isEmpty && !_readNames.Contains(member.Name) && !known.Contains(member.Name))
            {
                unknown.Add(member.Name, member.Value.Clone());
            }
        }
    }

    private static long GetPlace(string name) => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long place) ? place : long.MaxValue;

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
