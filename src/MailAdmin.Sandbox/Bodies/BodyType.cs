using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>A type that the server reads a body, or a part of one, into. It takes nothing else: no number for a text, no text for an array of one, no null.</summary>
internal abstract class BodyType
{
    /// <summary>What does not fit, as the server's parser says it; null where everything fits.</summary>
    public abstract string? FindFault(JsonElement value);

    /// <summary>The fault of a value of another kind.</summary>
    protected static string DescribeKind(JsonElement value, string expected) => $"invalid type: {GetKind(value)}, expected {expected}";

    private static string GetKind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "sequence",
        _ => "map",
    };
}
