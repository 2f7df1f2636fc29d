namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>
/// Which live id stands for a recorded one, by kind of object: <c>b</c> is a domain, an account and a role at once. Objects that one call
/// made have ids in an order of the server's own, so among them the place by age counts too.
/// </summary>
internal sealed class LiveIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz792013";
    private const string Singleton = "singleton";

    private readonly Dictionary<(string Kind, string Recorded), string> _live = [];
    private readonly Dictionary<(string Kind, string Live), string> _recorded = [];
    private readonly HashSet<(string Kind, string Recorded)> _guesses = [];
    private readonly Dictionary<(string Kind, string Live), int> _batches = [];
    private readonly Dictionary<(string Kind, string Recorded), string> _ranked = [];
    private readonly Dictionary<(string Kind, string Live), string> _rankedBack = [];
    private int _batchCount;

    /// <summary>Ids are numbers: how they are put in order.</summary>
    public static IComparer<string> ByAge { get; } = Comparer<string>.Create((one, other) =>
        one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(Digits(one), Digits(other)));

    public bool IsKnown(string kind, string recorded) => _live.ContainsKey((kind, recorded));

    /// <summary>Whether it was met where it cannot be told apart from others of its kind.</summary>
    public bool IsGuess(string kind, string recorded) => _guesses.Contains((kind, recorded));

    /// <summary>Whether a live id stands for a recorded one already.</summary>
    public bool IsTaken(string kind, string live) => _recorded.ContainsKey((kind, live));

    public string? FindRecorded(string kind, string live) => _recorded.GetValueOrDefault((kind, live));

    public void Learn(string kind, string recorded, string live, bool isSure = true)
    {
        (string, string) key = (kind, recorded);
        if (recorded == Singleton || (_live.TryGetValue(key, out string? former) && !isSure))
        {
            return;
        }

        if (former is not null && _recorded.GetValueOrDefault((kind, former)) == recorded)
        {
            _recorded.Remove((kind, former));
        }

        _live[key] = live;
        _recorded[(kind, live)] = recorded;
        _ = isSure ? _guesses.Remove(key) : _guesses.Add(key);
    }

    /// <summary>The live id for a recorded one; the recorded one where nothing is known.</summary>
    public string GetLive(string kind, string recorded)
    {
        if (_live.TryGetValue((kind, recorded), out string? live))
        {
            return live;
        }

        bool isCapital = recorded.Any(char.IsUpper) && !recorded.Any(char.IsLower);
        return isCapital && _live.TryGetValue((kind, recorded.ToLowerInvariant()), out live) ? live.ToUpperInvariant() : recorded;
    }

    /// <summary>Of objects made in one call: the one that stands in the same place by age.</summary>
    public string GetRanked(string kind, string recorded) => _ranked.GetValueOrDefault((kind, recorded)) ?? GetLive(kind, recorded);

    /// <summary>Whether the live id is what the recorded one stands for; an id that is met for the first time is learned.</summary>
    public bool IsSame(string kind, string recorded, string live)
    {
        if (recorded == Singleton)
        {
            return live == Singleton;
        }

        if (_live.TryGetValue((kind, recorded), out string? known))
        {
            return known == live;
        }

        if (IsTaken(kind, live))
        {
            return recorded == live;
        }

        Learn(kind, recorded, live);
        return true;
    }

    public void AddBatch(string kind, IReadOnlyCollection<(string Recorded, string Live)> made)
    {
        foreach ((string recorded, string live) in made)
        {
            Learn(kind, recorded, live);
        }

        if (made.Count < 2)
        {
            return;
        }

        _batchCount++;
        IEnumerable<(string, string)> places = made.Select(pair => pair.Recorded).Order(ByAge).Zip(made.Select(pair => pair.Live).Order(ByAge));
        foreach ((string recorded, string live) in places)
        {
            _ranked[(kind, recorded)] = live;
            _rankedBack[(kind, live)] = recorded;
        }

        foreach ((_, string live) in made)
        {
            _batches[(kind, live)] = _batchCount;
        }
    }

    public bool IsInBatch(string kind, string live) => _batches.ContainsKey((kind, live));

    public bool AreOfOneBatch(string kind, string one, string other) =>
        _batches.TryGetValue((kind, one), out int batch) && _batches.TryGetValue((kind, other), out int otherBatch) && batch == otherBatch;

    /// <summary>Whether live ids go up, or down, by age as the recorded ones do, those of one call by their places.</summary>
    public bool HaveSameDirection(string kind, IReadOnlyList<string> recorded, IReadOnlyList<string> live)
    {
        string[] places = [.. live.Select(id => _rankedBack.GetValueOrDefault((kind, id)) ?? FindRecorded(kind, id) ?? id)];
        return (recorded.SequenceEqual(recorded.Order(ByAge)) && places.SequenceEqual(places.Order(ByAge)))
            || (recorded.SequenceEqual(recorded.OrderDescending(ByAge)) && places.SequenceEqual(places.OrderDescending(ByAge)));
    }

    private static string Digits(string id) => string.Concat(id.Select(letter => (char)('0' + Math.Max(0, Alphabet.IndexOf(letter, StringComparison.Ordinal)))));
}
