using System.Text.Json;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Which live object of a list belongs to which recorded one: by id if that is known for sure, else by likeness.</summary>
internal sealed class ObjectPairing(LiveIds ids)
{
    /// <summary>For each recorded object the index of the live one; null where there is none.</summary>
    public int?[] Pair(JsonElement[] recorded, JsonElement[] live, string kind)
    {
        var left = Enumerable.Range(0, live.Length).ToList();
        int?[] pairs = new int?[recorded.Length];
        for (int i = 0; i < recorded.Length; i++)
        {
            if (Id(recorded[i]) is { } id && ids.IsKnown(kind, id) && !ids.IsGuess(kind, id) && left.Exists(j => Id(live[j]) == ids.GetLive(kind, id)))
            {
                pairs[i] = left.Find(j => Id(live[j]) == ids.GetLive(kind, id));
                left.Remove(pairs[i]!.Value);
            }
        }

        var features = left.ToDictionary(j => j, j => Features(live[j]));
        for (int i = 0; i < recorded.Length && left.Count > 0; i++)
        {
            string id = Id(recorded[i]) ?? "";
            if (pairs[i] is not null || (ids.IsKnown(kind, id) && !ids.IsGuess(kind, id)))
            {
                continue;
            }

            HashSet<string> wanted = Features(recorded[i]);
            int best = left.MaxBy(j => (Likeness(wanted, features[j]), Id(live[j]) == ids.GetLive(kind, id) ? 1 : 0, -j));
            if (Id(live[best]) is { } liveId && IsFree(kind, id, liveId))
            {
                pairs[i] = best;
                left.Remove(best);
                ids.Learn(kind, id, liveId);
            }
        }

        return pairs;
    }

    private bool IsFree(string kind, string id, string live) => ids.FindRecorded(kind, live) is not { } owner || ids.IsGuess(kind, owner) || id == "singleton";

    private static int Likeness(HashSet<string> one, HashSet<string> other)
    {
        int common = one.Count(other.Contains);
        return common - (one.Count + other.Count - (2 * common));
    }

    private static string? Id(JsonElement item) => item.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    /// <summary>The values with their places, but for those that chance decides.</summary>
    private static HashSet<string> Features(JsonElement item)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        AddFeatures(item, "", features);
        return features;
    }

    private static void AddFeatures(JsonElement value, string path, HashSet<string> features)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject().Where(member => !MemberKinds.IsVolatile(member.Name) && member.Name is not ("id" or "blobId" or "size")))
                {
                    AddFeatures(member.Value, $"{path}/{member.Name}", features);
                }

                features.Add($"{path}/{string.Join(' ', value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))}");
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    AddFeatures(item, path + "/", features);
                }

                break;
            default:
                features.Add($"{path}={(MemberKinds.IsTime(value.ToString()) ? "time" : value.ToString())}");
                break;
        }
    }
}
