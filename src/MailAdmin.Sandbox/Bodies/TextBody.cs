using System.Text;
using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>A string of at most some bytes.</summary>
internal sealed class TextBody(int maxBytes = int.MaxValue) : BodyType
{
    public override string? FindFault(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return DescribeKind(value, "a string");
        }

        return Encoding.UTF8.GetByteCount(value.GetString()!) > maxBytes ? "string is too long" : null;
    }
}
