using System.Text.Json;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Compares ids, alone, in lists and as names of members: they have to be those of the same objects.</summary>
internal sealed class IdComparison(LiveIds ids, Differences differences)
{
    public void Compare(string kind, string recorded, string live, string path)
    {
        if (!ids.IsSame(kind, recorded, live) && !ids.AreOfOneBatch(kind, live, ids.GetLive(kind, recorded)))
        {
            differences.Add(path, $"{recorded} (here {ids.GetLive(kind, recorded)}) became {live}");
        }
    }

    /// <summary>Which live member belongs to which recorded one, where members are named by ids; what has no counterpart differs.</summary>
    public IReadOnlyList<(string Recorded, string Live)> PairNames(string kind, JsonElement recorded, JsonElement live, string path)
    {
        string[] names = [.. recorded.EnumerateObject().Select(member => member.Name)];
        var left = live.EnumerateObject().Select(member => member.Name).ToList();
        var pairs = new List<(string, string)>();
        var unknown = new List<string>();
        foreach (string name in names)
        {
            string id = ids.GetLive(kind, name);
            if (left.Remove(id))
            {
                pairs.Add((name, id));
            }
            else
            {
                unknown.Add(name);
            }
        }

        foreach (string name in unknown)
        {
            if (!ids.IsKnown(kind, name) && left.Find(id => !ids.IsTaken(kind, id)) is { } id)
            {
                pairs.Add((name, id));
                ids.Learn(kind, name, id);
                left.Remove(id);
            }
            else
            {
                differences.Add(path, $"missing {name} (here {ids.GetLive(kind, name)})");
            }
        }

        left.ForEach(id => differences.Add(path, $"extra {id}"));
        return pairs;
    }

    public void CompareList(string kind, string[] recorded, string[] live, string path, bool isOrdered)
    {
        if (recorded.Length != live.Length)
        {
            differences.Add(path, $"{recorded.Length} ids became {live.Length}");
        }
        else
        {
            LearnInOrder(kind, recorded, live);
        }

        string[] wanted = [.. recorded.Select(id => ids.GetLive(kind, id))];
        if (recorded.Length == live.Length)
        {
            string[] ranked = [.. recorded.Select(id => ids.GetRanked(kind, id))];
            if (AreSame(wanted, live, isOrdered) || AreSame(ranked, live, isOrdered))
            {
                return;
            }

            if (AreSame(wanted, live, isOrdered: false))
            {
                bool isFreeOrder = live.Any(id => ids.IsInBatch(kind, id)) && ids.HaveSameDirection(kind, recorded, live);
                if (!isFreeOrder && !wanted.Any(id => ids.FindRecorded(kind, id) is { } known && ids.IsGuess(kind, known)))
                {
                    differences.Add(path, $"order {string.Join(' ', wanted.Take(8))} became {string.Join(' ', live.Take(8))}");
                }

                return;
            }
        }

        foreach (string id in wanted.Except(live).Take(4))
        {
            differences.Add(path, $"missing {id} (recorded {ids.FindRecorded(kind, id) ?? id})");
        }

        foreach (string id in live.Except(wanted).Take(4))
        {
            differences.Add(path, $"extra {id} (recorded {ids.FindRecorded(kind, id) ?? "-"})");
        }
    }

    /// <summary>Ids that are met for the first time in a list stand for each other in its order, until something better is known.</summary>
    private void LearnInOrder(string kind, string[] recorded, string[] live)
    {
        var unknown = new Queue<string>(live.Where(id => !ids.IsTaken(kind, id) && !recorded.Contains(id)));
        foreach (string id in recorded.Where(id => !ids.IsKnown(kind, id) && !live.Contains(id)))
        {
            if (unknown.TryDequeue(out string? other))
            {
                ids.Learn(kind, id, other, isSure: false);
            }
        }
    }

    private static bool AreSame(string[] wanted, string[] live, bool isOrdered) => isOrdered
        ? wanted.SequenceEqual(live)
        : wanted.Order(StringComparer.Ordinal).SequenceEqual(live.Order(StringComparer.Ordinal));
}
