using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace MailAdmin.Tests.Recordings;

/// <summary>Every value that a result shows to whoever looks at all of its properties, as text.</summary>
internal static class ResultValues
{
    // What stands for nothing, and what stands for a word that is not known.
    private static readonly HashSet<string> s_nothing = ["", "0", "False", "null", "Unspecified", "unspecified", "Unknown", "unknown", "Other", "PlainText", "Info", "Warning", "principal", "[]", "{}", "00:00:00", "0.0", "0001-01-01T00:00:00.0000000Z"];

    public static HashSet<string> Collect(object? result)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        Add(result, values, 0);
        return values;
    }

    public static bool IsNothing(string value) => s_nothing.Contains(value);

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static void Add(object? value, HashSet<string> values, int depth)
    {
        depth.ShouldBeLessThan(30, "a result without end");
        switch (value)
        {
            case null:
                break;
            case string text:
                values.Add(text);
                break;
            case JsonElement json:
                AddJson(json, values);
                break;
            case DateTimeOffset time:
                values.Add(Format(time));
                break;
            case IFormattable number when number.GetType().IsPrimitive || number is decimal or TimeSpan or Guid or Enum:
                values.Add(number.ToString(null, CultureInfo.InvariantCulture)!);
                break;
            case byte[] bytes:
                values.Add(System.Text.Encoding.UTF8.GetString(bytes));
                break;
            case bool or char or Uri or Version:
                values.Add(value.ToString()!);
                break;
            case IDictionary or IEnumerable:
                foreach (object? item in (IEnumerable)value)
                {
                    Add(item, values, depth + 1);
                }
                break;
            default:
                AddProperties(value, values, depth);
                break;
        }
    }

    private static void AddProperties(object value, HashSet<string> values, int depth)
    {
        // Tuples have fields.
        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            Add(field.GetValue(value), values, depth + 1);
        }
        PropertyInfo[] properties = [.. value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)];
        bool hasOwnValues = properties.Any(property => property.CanWrite);
        foreach (PropertyInfo property in properties)
        {
            try
            {
                // What a property makes of the others is looked at too, but it says what no answer says.
                Add(property.GetValue(value), property.CanWrite || !hasOwnValues ? values : [], depth + 1);
            }
            catch (TargetInvocationException e)
            {
                throw new InvalidOperationException($"{value.GetType().Name}.{property.Name} throws: {e.InnerException!.Message}", e.InnerException);
            }
        }
    }

    private static void AddJson(JsonElement json, HashSet<string> values)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Undefined:
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    values.Add(member.Name);
                    AddJson(member.Value, values);
                }
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in json.EnumerateArray())
                {
                    AddJson(item, values);
                }
                break;
            case JsonValueKind.String:
                values.Add(json.GetString()!);
                break;
            default:
                values.Add(json.GetRawText());
                break;
        }
    }
}
