namespace MailAdmin.Client.Jmap;

/// <summary>Puts the writes of several callers into one set. One set is on its way at a time.</summary>
internal sealed class GatheredWrites(JmapChannel channel) : Gathering<SetOrder, IReadOnlyList<SetOutcome>>(maxInProgress: 1)
{
    /// <summary>How many changes a set has, at most: of larger ones a server does no more a second, and what is lost with an answer stays small.</summary>
    public const int MaxChanges = 100;

    private readonly JmapWrites _writes = new(channel);

    /// <summary>Applies changes, in their order.</summary>
    /// <returns>The outcome of each, in the same order.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a change holds what must not be sent; nothing of this order was.</exception>
    public Task<IReadOnlyList<SetOutcome>> ApplyAsync(SetOrder order, CancellationToken cancellationToken) => AddAsync(order, cancellationToken);

    // The oldest, and those after it that may go with it: of its type, and of other objects.
    protected override IReadOnlyList<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>> Choose(IReadOnlyList<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>> waiting)
    {
        var set = new List<GatheredWork<SetOrder, IReadOnlyList<SetOutcome>>>();
        var seen = new HashSet<(string Type, bool IsNew, string Key)>();
        int changes = 0;
        foreach (GatheredWork<SetOrder, IReadOnlyList<SetOutcome>> write in waiting)
        {
            (string, bool, string)[] objects = [.. write.Work.Changes.Select(change => (write.Work.Type, change.Kind == SetKind.Create, change.Key))];
            // What is written later than another change of the same object stays behind it.
            bool isFirst = !objects.Any(seen.Contains);
            seen.UnionWith(objects);
            if (isFirst && (set.Count == 0 || (changes + objects.Length <= MaxChanges && write.Work.MayShareSet(set[0].Work))))
            {
                set.Add(write);
                changes += objects.Length;
            }
        }
        return set;
    }

    protected override async Task<IReadOnlyList<IReadOnlyList<SetOutcome>>> SendAsync(IReadOnlyList<SetOrder> works, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await _writes.ApplyAsync(works, cancellationToken).ConfigureAwait(false);
        return [.. works.Select(order => order.Changes.Select(change => outcomes[change]).ToArray())];
    }
}
