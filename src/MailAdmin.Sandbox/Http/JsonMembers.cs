using System.Text.Json;

namespace MailAdmin.Sandbox.Http;

/// <summary>Reads members of JSON bodies that are known to be of the right type.</summary>
internal static class JsonMembers
{
    public static string GetText(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>A string; null where it is absent or null.</summary>
    public static string? FindText(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static string[] GetTexts(this JsonElement json, string name) => json.GetProperty(name).ReadTexts();

    /// <summary>An array of strings; null where it is absent.</summary>
    public static string[]? FindTexts(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.ReadTexts() : null;

    public static bool GetFlag(this JsonElement json, string name) => json.GetProperty(name).GetBoolean();

    /// <summary>A Boolean; null where it is absent.</summary>
    public static bool? FindFlag(this JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetBoolean() : null;

    public static string[] ReadTexts(this JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
