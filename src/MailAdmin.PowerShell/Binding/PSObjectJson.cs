using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Reads JSON into PSObjects and arrays, and writes hashtables, arrays and PSObjects as JSON. Without reflection: only the types of values that
/// scripts make.
/// </summary>
internal static class PSObjectJson
{
    private const int MaxDepth = 64;

    /// <summary>The value as PowerShell has it. Whole numbers stay whole: ids exceed what a double holds.</summary>
    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => NamedValues.FromNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <param name="value">The value. A SecureString in it is written as its text.</param>
    /// <param name="secrets">Takes those texts.</param>
    /// <exception cref="ArgumentException">The value contains something that cannot be written as JSON.</exception>
    public static byte[] Write(object value, ICollection<string> secrets)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, value, secrets, 0);
        }
        return stream.ToArray();
    }

    private static PSObject ReadObject(JsonElement element)
    {
        var result = new PSObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Length == 0 || result.Properties[property.Name] is not null)
            {
                throw new FormatException($"The response has an object with the member '{property.Name}' {(property.Name.Length == 0 ? "without a name" : "twice, in upper or lower case")}: PowerShell has no such objects. -Raw returns the JSON text.");
            }
            result.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value)));
        }
        return result;
    }

    private static void Write(Utf8JsonWriter writer, object? value, ICollection<string> secrets, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ArgumentException($"The body is nested more than {MaxDepth} levels deep.");
        }
        object? unwrapped = value.Unwrap();
        switch (unwrapped)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case SecureString secure: WriteSecret(writer, secure, secrets); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case SwitchParameter flag: writer.WriteBooleanValue(flag); break;
            case byte or short or ushort or int or uint or long: writer.WriteNumberValue(Convert.ToInt64(unwrapped, null)); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case float or double: writer.WriteNumberValue(Convert.ToDouble(unwrapped, null)); break;
            case DateTime time: writer.WriteStringValue(WireTime.Floor(new DateTimeOffset(time.ToUniversalTime()))); break;
            case DateTimeOffset time: writer.WriteStringValue(WireTime.Floor(time)); break;
            case Enum or Guid or Uri or char: writer.WriteStringValue(unwrapped.ToString()); break;
            case IDictionary table: WriteTable(writer, table, secrets, depth); break;
            case IEnumerable items: WriteItems(writer, items, secrets, depth); break;
            case PSObject custom: WriteProperties(writer, custom, secrets, depth); break;
            default: throw new ArgumentException($"A value of type {unwrapped.GetType()} cannot be written as JSON. Use text, numbers, booleans, SecureString, arrays, hashtables or [pscustomobject].");
        }
    }

    private static void WriteSecret(Utf8JsonWriter writer, SecureString secure, ICollection<string> secrets)
    {
        string text = SecureStringConverter.ToPlainText(secure);
        secrets.Add(text);
        writer.WriteStringValue(text);
    }

    private static void WriteTable(Utf8JsonWriter writer, IDictionary table, ICollection<string> secrets, int depth)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in table)
        {
            writer.WritePropertyName(InputText.Format(entry.Key));
            Write(writer, entry.Value, secrets, depth + 1);
        }
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items, ICollection<string> secrets, int depth)
    {
        writer.WriteStartArray();
        foreach (object item in items)
        {
            Write(writer, item, secrets, depth + 1);
        }
        writer.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter writer, PSObject custom, ICollection<string> secrets, int depth)
    {
        writer.WriteStartObject();
        foreach (PSPropertyInfo property in custom.Properties)
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value, secrets, depth + 1);
        }
        writer.WriteEndObject();
    }
}
