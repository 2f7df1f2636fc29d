using System.Text;
using System.Text.Json;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>The body of an answer: JSON where it is an object or a list, else a text.</summary>
internal static class RecordedBody
{
    /// <summary>The text, or the base64 of what is none.</summary>
    public static string GetText(JsonElement response) =>
        response.TryGetProperty("body", out JsonElement body) ? body.GetString()!
        : response.TryGetProperty("bodyBase64", out JsonElement encoded) ? encoded.GetString()!
        : "";

    /// <summary>The same of live bytes.</summary>
    public static string GetText(ReadOnlySpan<byte> body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (ArgumentException)
        {
            return Convert.ToBase64String(body);
        }
    }

    public static JsonElement? Parse(JsonElement response) => Parse(GetText(response));

    public static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
