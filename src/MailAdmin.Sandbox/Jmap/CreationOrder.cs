using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Orders the new objects of one call: what others refer to by <c>#id</c> comes before them.</summary>
internal static class CreationOrder
{
    public static IReadOnlyList<(string CreationId, JsonObject Value)> Sort(IReadOnlyList<(string CreationId, JsonObject Value)> creations)
    {
        var values = creations.ToDictionary(creation => creation.CreationId, creation => creation.Value);
        var sorted = new List<(string, JsonObject)>();
        var seen = new HashSet<string>();
        foreach ((string creationId, _) in creations)
        {
            Visit(creationId);
        }

        return sorted;

        void Visit(string creationId)
        {
            if (!values.TryGetValue(creationId, out JsonObject? value) || !seen.Add(creationId))
            {
                return;
            }

            foreach (string reference in ReferencesIn(value))
            {
                Visit(reference);
            }

            sorted.Add((creationId, value));
        }
    }

    private static IEnumerable<string> ReferencesIn(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => ReferencesIn(member.Value).Concat(Reference(member.Key))),
        JsonValue value when value.TryGetValue(out string? text) => Reference(text),
        _ => [],
    };

    private static IEnumerable<string> Reference(string text) => text.StartsWith('#') ? [text[1..]] : [];
}
