using System.Text.Json;

namespace MailAdmin.Sandbox.Http;

/// <summary>Forms that many responses share.</summary>
internal static class JsonWriting
{
    public static void WriteStrings(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        json.WritePropertyName(name);
        json.WriteStrings(values);
    }

    public static void WriteStrings(this Utf8JsonWriter json, IEnumerable<string> values)
    {
        json.WriteStartArray();
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
