using System.Text.Json;

namespace MailAdmin.Sandbox.Bodies;

/// <summary>An object whose member <c>type</c> says, by a word in the server's own case, what else is in it.</summary>
internal sealed class TaggedBody(params (string Word, ObjectBody Type)[] variants) : BodyType
{
    private const string Tag = "type";

    private readonly Dictionary<string, ObjectBody> _variants = variants.ToDictionary(variant => variant.Word, variant => variant.Type, StringComparer.Ordinal);

    public override string? FindFault(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return DescribeKind(value, "a map");
        }

        if (!value.TryGetProperty(Tag, out JsonElement tag))
        {
            return $"missing field `{Tag}`";
        }

        if (tag.ValueKind != JsonValueKind.String)
        {
            return DescribeKind(tag, "a string");
        }

        string word = tag.GetString()!;
        return _variants.TryGetValue(word, out ObjectBody? variant) ? variant.FindFault(value) : WordBody.DescribeUnknown(word, _variants.Keys);
    }
}
