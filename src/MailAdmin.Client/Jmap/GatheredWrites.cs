namespace MailAdmin.Client.Jmap;

/// <summary>Puts the writes of several callers into one set. One set is on its way at a time; of full ones several, far away from the server.</summary>
internal sealed class GatheredWrites(JmapChannel channel) : Gathering<SetOrder, IReadOnlyList<SetOutcome>>
{
    /// <summary>How many changes a set has, at most: of larger ones a server does no more a second, and what is lost with an answer stays small.</summary>
    public const int MaxChanges = 100;

    private readonly JmapWrites _writes = new(channel);
    private readonly HashSet<ChangedObject> _inProgress = [];

    /// <summary>Applies changes, in their order.</summary>
    /// <returns>The outcome of each, in the same order.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a change holds what must not be sent; nothing of this order was.</exception>
    public Task<IReadOnlyList<SetOutcome>> ApplyAsync(SetOrder order, CancellationToken cancellationToken) => AddAsync(order, cancellationToken);

    protected override bool MayStart(int inProgress, IReadOnlyList<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>> waiting) =>
        inProgress == 0 || (inProgress < channel.Session.SetConcurrency.Current && waiting.Sum(write => write.Work.Changes.Count) >= MaxChanges);

    // The oldest, and those after it that may go with it: of its type, and of other objects.
    protected override IReadOnlyList<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>> Choose(IReadOnlyList<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>> waiting)
    {
        var set = new List<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>>();
        var seen = _inProgress.ToHashSet();
        int changes = 0;
        foreach (GatheredWork<SetOrder, IReadOnlyList<SetOutcome>> write in waiting)
        {
            ChangedObject[] objects = [.. FindObjects(write.Work)];
            // What is written later than another change of the same object stays behind it.
            bool isFirst = !objects.Any(seen.Contains);
            seen.UnionWith(objects);
            if (isFirst && (set.Count == 0 || (changes + objects.Length <= MaxChanges && write.Work.MayShareSet(set[0].Work))))
            {
                set.Add(write);
                changes += objects.Length;
            }
        }
        _inProgress.UnionWith(set.SelectMany(write => FindObjects(write.Work)));
        return set;
    }

    protected override async Task<IReadOnlyList<IReadOnlyList<SetOutcome>>> SendAsync(IReadOnlyList<SetOrder> works, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await _writes.ApplyAsync(works, cancellationToken).ConfigureAwait(false);
        return [.. works.Select(order => order.Changes.Select(change => outcomes[change]).ToArray())];
    }

    protected override void End(IReadOnlyList<SetOrder> works) => _inProgress.ExceptWith(works.SelectMany(FindObjects));

    private static IEnumerable<ChangedObject> FindObjects(SetOrder order) => order.Changes.Select(change => new ChangedObject(order.Type, change.Kind == SetKind.Create, change.Key));

    private readonly record struct ChangedObject(string Type, bool IsNew, string Key);
}
