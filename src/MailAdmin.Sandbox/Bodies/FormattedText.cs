using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>A string in a notation, such as an IP address.</summary>
/// <param name="notation">Its name.</param>
/// <param name="isValid">Whether a text is in it.</param>
internal sealed class FormattedText(string notation, Func<string, bool> isValid) : BodyType
{
    public override string? FindFault(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return DescribeKind(value, notation);
        }

        return isValid(value.GetString()!) ? null : $"invalid {notation} syntax";
    }
}
