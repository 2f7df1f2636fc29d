using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>What fits one of some types.</summary>
internal sealed class UnionBody(params BodyType[] types) : BodyType
{
    public override string? FindFault(JsonElement value) =>
        types.Any(type => type.FindFault(value) is null) ? null : "data did not match any variant";
}
