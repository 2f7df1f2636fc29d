using System.Text.Json;

namespace MailAdmin.Sandbox.Dmarc;

/// <summary>The result of one authentication check.</summary>
/// <param name="Type"><c>pass</c>, <c>none</c>, <c>fail</c>, <c>softFail</c>, <c>neutral</c>, <c>tempError</c> or <c>permError</c>.</param>
/// <param name="Details">The reason, where there is one.</param>
internal sealed record AuthResult(string Type, string? Details = null)
{
    public static AuthResult Pass { get; } = new("pass");

    public static AuthResult None { get; } = new("none");

    public static AuthResult NotAligned { get; } = new("fail", "Policy not aligned");

    public static AuthResult TimedOut { get; } = new("tempError", "DNS resolution error: request timed out");

    public static AuthResult Refused { get; } = new("tempError", "DNS resolution error: DNS error: error response: Query Refused");

    public bool IsPass => Type == "pass";

    /// <summary>Only <c>pass</c> and <c>none</c> have no member for details.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        WriteMembers(json);
        json.WriteEndObject();
    }

    public void WriteValue(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json);
        json.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, Type);
        if (Type is not ("pass" or "none"))
        {
            json.WriteString("details"u8, Details);
        }
    }
}
