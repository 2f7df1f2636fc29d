using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary><c>true</c> or <c>false</c>; neither the texts nor numbers.</summary>
internal sealed class BooleanBody : BodyType
{
    public override string? FindFault(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : DescribeKind(value, "a boolean");
}
