using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>A type, or null.</summary>
internal sealed class OptionBody(BodyType type) : BodyType
{
    public override string? FindFault(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : type.FindFault(value);
}
