using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace MailAdmin.Client;

/// <summary>
/// Values by name, such as what a server noted about an event: texts, numbers, booleans, lists and named values again. PowerShell reads them by their names
/// (<c>$_.Data.remoteIp</c>). The text form is <c>name=value;name=value</c>.
/// </summary>
public sealed class NamedValues : ReadOnlyDictionary<string, object?>
{
    /// <summary>Wraps <paramref name="values"/>, with their order and the way in which they find their keys.</summary>
    public NamedValues(IDictionary<string, object?> values)
        : base(values)
    {
    }

    /// <summary>No values.</summary>
    internal static new NamedValues Empty { get; } = new(new Dictionary<string, object?>());

    /// <inheritdoc/>
    public override string ToString() => string.Join(';', this.Select(pair => $"{pair.Key}={Format(pair.Value)}"));

    /// <summary>The value of a JSON element as PowerShell handles it.</summary>
    internal static object? FromJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => FromNumber(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(FromJson).ToArray(),
        JsonValueKind.Object => FromObject(value),
        _ => null,
    };

    /// <summary>The number of a JSON element: whole where it is one, since an id has more digits than a double.</summary>
    /// <param name="value">A number.</param>
    // Each branch boxes on its own: a conditional would make all of them a double.
    public static object FromNumber(JsonElement value)
    {
        if (value.TryGetInt64(out long whole))
        {
            return whole;
        }
        if (value.TryGetUInt64(out ulong large))
        {
            return large;
        }
        return value.GetDouble();
    }

    private static NamedValues FromObject(JsonElement value)
    {
        var members = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            members[member.Name] = FromJson(member.Value);
        }
        return new NamedValues(members);
    }

    private static string Format(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTimeOffset time => TimeText.Format(time),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable items and not NamedValues => string.Join(',', items.Cast<object?>().Select(Format)),
        _ => value.ToString() ?? "",
    };
}
