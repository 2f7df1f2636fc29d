using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>A whole number of 64 bits that is not negative.</summary>
internal sealed class NumberBody : BodyType
{
    public override string? FindFault(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out _) ? null : DescribeKind(value, "u64");
}
