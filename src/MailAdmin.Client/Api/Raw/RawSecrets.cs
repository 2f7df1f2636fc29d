using System.Buffers;
using System.Text.Json;

namespace MailAdmin.Client.Api.Raw;

/// <summary>
/// Finds the secrets in JSON of any call: members whose name or value shows one, as for settings; the value of a change of such a field; the second of a
/// pair of key and value.
/// </summary>
internal static class RawSecrets
{
    private const string Mask = "(hidden)";
    private const string FieldMember = "field";
    private const string ValueMember = "value";

    /// <summary>The same with each secret masked.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="keyPrefix">What the server leaves out at the front of each key: a name is judged with it, as the whole key is elsewhere.</param>
    public static JsonElement Hide(JsonElement json, string keyPrefix = "")
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, json, "", isSecret: false, _ => Mask, keyPrefix);
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The secrets in a body that is sent; none in one that is no JSON.</summary>
    public static IReadOnlyList<string> Find(byte[]? body)
    {
        if (body is null or [])
        {
            return [];
        }
        var found = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(body);
            using var writer = new Utf8JsonWriter(Stream.Null);
            Write(writer, JsonElement.ParseValue(ref reader), "", isSecret: false, secret =>
            {
                found.Add(secret);
                return secret;
            });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return found;
        }
        return found;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string name, bool isSecret, Func<string, string> replace, string keyPrefix = "")
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, value, isSecret, replace, keyPrefix);
                break;
            case JsonValueKind.Array:
                WriteArray(writer, value, name, isSecret, replace, keyPrefix);
                break;
            case JsonValueKind.String:
                string text = value.GetString()!;
                writer.WriteStringValue(text.Length > 0 && (isSecret || SecretSettings.IsSecret(name, text)) ? replace(text) : text);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement value, bool isSecret, Func<string, string> replace, string keyPrefix)
    {
        bool isChangeOfSecret = value.TryGetProperty(FieldMember, out JsonElement field) && field.ValueKind == JsonValueKind.String && SecretSettings.IsSecretKey(field.GetString()!);
        writer.WriteStartObject();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, member.Name, isSecret || SecretSettings.IsSecretKey(member.Name) || IsSecretBehind(keyPrefix, member) || (isChangeOfSecret && member.Name == ValueMember), replace, keyPrefix);
        }
        writer.WriteEndObject();
    }

    // The list around them has names, too: "items" is no key.
    private static bool IsSecretBehind(string keyPrefix, JsonProperty member) =>
        keyPrefix.Length > 0 && member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && SecretSettings.IsSecretKey(keyPrefix + member.Name);

    private static void WriteArray(Utf8JsonWriter writer, JsonElement value, string name, bool isSecret, Func<string, string> replace, string keyPrefix)
    {
        bool isSecretPair = value.GetArrayLength() == 2 && value[0].ValueKind == JsonValueKind.String && SecretSettings.IsSecretKey(value[0].GetString()!);
        writer.WriteStartArray();
        foreach ((int index, JsonElement item) in value.EnumerateArray().Index())
        {
            Write(writer, item, name, isSecret || (isSecretPair && index == 1), replace, keyPrefix);
        }
        writer.WriteEndArray();
    }
}
