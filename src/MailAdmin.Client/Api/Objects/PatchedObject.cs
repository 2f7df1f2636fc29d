using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Makes of an object and a patch the object as it would be.</summary>
internal static class PatchedObject
{
    /// <summary>The object with the values of a patch at their paths; of another variant, what the patch says alone.</summary>
    public static JsonObject Apply(JsonObject current, JsonObject patch)
    {
        if (ObjectShape.GetVariant(patch) is { } variant && variant != ObjectShape.GetVariant(current))
        {
            return (JsonObject)patch.DeepClone();
        }
        var after = (JsonObject)current.DeepClone();
        foreach ((string path, JsonNode? value) in patch)
        {
            string[] elements = JmapPath.Split(path);
            JsonObject at = after;
            foreach (string element in elements[..^1])
            {
                if (at[element] is not JsonObject inner)
                {
                    at[element] = inner = [];
                }
                at = inner;
            }
            if (value is null && elements.Length > 1)
            {
                // Out of a set or a map.
                at.Remove(elements[^1]);
            }
            else
            {
                at[elements[^1]] = value?.DeepClone();
            }
        }
        return after;
    }
}
