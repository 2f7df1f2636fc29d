using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>An array of as many items as there are types, each of its own.</summary>
internal sealed class TupleBody(params BodyType[] items) : BodyType
{
    public override string? FindFault(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return DescribeKind(value, $"a tuple of size {items.Length}");
        }

        return value.GetArrayLength() == items.Length
            ? value.EnumerateArray().Zip(items, (item, type) => type.FindFault(item)).FirstOrDefault(fault => fault is not null)
            : $"invalid length {value.GetArrayLength()}, expected a tuple of size {items.Length}";
    }
}
