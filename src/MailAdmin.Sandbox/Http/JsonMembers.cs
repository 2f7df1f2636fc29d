using System.Text.Json;

namespace MailAdmin.Sandbox.Http;

/// <summary>Reads members of JSON bodies. What is missing or of another type is refused with the server's 400.</summary>
internal static class JsonMembers
{
    /// <summary>A string member; null where it is absent or null.</summary>
    /// <param name="json">An object; anything else is refused.</param>
    /// <param name="name">The member.</param>
    /// <param name="detail">The detail of the 400 where the member is not a string.</param>
    public static string? GetOptionalString(this JsonElement json, string name, string detail = ApiException.BadParametersDetail)
    {
        RequireObject(json);
        if (!json.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw ApiException.BadParameters(detail);
    }

    public static string GetRequiredString(this JsonElement json, string name) => json.GetOptionalString(name) ?? throw ApiException.BadParameters();

    /// <summary>An array of strings; null where it is absent.</summary>
    public static string[]? GetOptionalStrings(this JsonElement json, string name)
    {
        RequireObject(json);
        return json.TryGetProperty(name, out JsonElement value) ? value.ReadStrings() : null;
    }

    public static string[] GetRequiredStrings(this JsonElement json, string name) => json.GetOptionalStrings(name) ?? throw ApiException.BadParameters();

    /// <summary>A Boolean; null where it is absent.</summary>
    public static bool? GetOptionalBoolean(this JsonElement json, string name)
    {
        RequireObject(json);
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw ApiException.BadParameters();
    }

    public static bool GetRequiredBoolean(this JsonElement json, string name) => json.GetOptionalBoolean(name) ?? throw ApiException.BadParameters();

    /// <summary>The strings of an array that holds nothing else.</summary>
    public static string[] ReadStrings(this JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array || array.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            throw ApiException.BadParameters();
        }

        return [.. array.EnumerateArray().Select(item => item.GetString()!)];
    }

    private static void RequireObject(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.BadParameters();
        }
    }
}
