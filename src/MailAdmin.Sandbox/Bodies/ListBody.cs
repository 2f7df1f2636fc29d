using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>An array, of items of one type.</summary>
internal sealed class ListBody(BodyType item) : BodyType
{
    public override string? FindFault(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(item.FindFault).FirstOrDefault(fault => fault is not null)
        : DescribeKind(value, "a sequence");
}
