using System.Text.Json;
using System.Text.Unicode;

namespace MailAdmin.Sandbox.Http;

/// <summary>Parses JSON bodies as strictly as the server: strings have to be valid Unicode.</summary>
internal static class RequestJson
{
    /// <summary>The document; null where the body is no JSON.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> body, out string? fault)
    {
        fault = null;
        if (!Utf8.IsValid(body.Span))
        {
            fault = "invalid unicode code point";
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(body);

            // Half of a surrogate pair parses, but fails when the string is read.
            if (body.Span.IndexOf("\\u"u8) >= 0)
            {
                ValidateStrings(document.RootElement);
            }

            return document;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            fault = body.IsEmpty ? "EOF while parsing a value" : "expected value";
            return null;
        }
    }

    private static void ValidateStrings(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    ValidateStrings(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ValidateStrings(member.Value);
                }

                break;
            default:
                break;
        }
    }
}
