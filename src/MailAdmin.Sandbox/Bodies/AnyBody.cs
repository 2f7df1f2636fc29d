using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>Any JSON: what the server reads over.</summary>
internal sealed class AnyBody : BodyType
{
    public override string? FindFault(JsonElement value) => null;
}
