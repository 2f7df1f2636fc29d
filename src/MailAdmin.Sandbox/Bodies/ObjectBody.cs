using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>An object of some members; unknown ones are read over, unless it is closed.</summary>
internal sealed class ObjectBody(params BodyMember[] members) : BodyType
{
    /// <summary>Whether an unknown member is refused.</summary>
    public bool IsClosed { get; init; }

    public override string? FindFault(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return DescribeKind(value, "a map");
        }

        if (IsClosed && value.EnumerateObject().FirstOrDefault(member => members.All(known => known.Name != member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } stray)
        {
            return WordBody.DescribeUnknown(stray.Name, members.Select(known => known.Name));
        }

        return members.Select(member => FindFault(value, member)).FirstOrDefault(fault => fault is not null);
    }

    private static string? FindFault(JsonElement value, BodyMember member)
    {
        if (value.TryGetProperty(member.Name, out JsonElement found))
        {
            return member.Type.FindFault(found);
        }

        return member.IsRequired ? $"missing field `{member.Name}`" : null;
    }
}
