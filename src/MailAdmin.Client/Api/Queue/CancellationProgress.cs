namespace MailAdmin.Client.Api.Queue;

/// <summary>
/// How far a bulk cancellation is (docs/api.md §6.3, trap 24). It runs in the background of the server and races with deliveries under way: a
/// message that a worker holds is written back. So what is left is listed several times.
/// </summary>
internal sealed class CancellationProgress
{
    private readonly IReadOnlyList<ulong> _matched;
    private readonly int _requiredEmptyPolls;
    private int _emptyPolls;

    /// <summary>Begins with what the filter matched.</summary>
    /// <param name="matched">What the filter matched before. What arrives later was not meant, even where the filter matches it.</param>
    /// <param name="anyDue">Whether some of them were due, so that a worker may hold them: then one empty list is not enough.</param>
    public CancellationProgress(IReadOnlyList<ulong> matched, bool anyDue) =>
        (_matched, Remaining, _requiredEmptyPolls) = (matched, matched, anyDue ? 2 : 1);

    /// <summary>
    /// The time before each poll, a quarter of a minute altogether. The first one is late on purpose: a message that a worker holds is gone
    /// at first, and comes back.
    /// </summary>
    public static IReadOnlyList<TimeSpan> PollDelays { get; } = [.. new[] { 1, 1, 2, 2, 4, 4 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    /// <summary>Those that were still there at the last poll.</summary>
    public IReadOnlyList<ulong> Remaining { get; private set; }

    /// <summary>Whether they are surely gone.</summary>
    public bool IsComplete => _emptyPolls >= _requiredEmptyPolls;

    /// <summary>Whether the last poll found no fewer than the one before: the background work has passed these by.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Takes the list of a poll in.</summary>
    public void RecordPoll(IReadOnlyList<ulong> listed)
    {
        int before = Remaining.Count;
        UpdateRemaining(listed);
        _emptyPolls = Remaining.Count == 0 ? _emptyPolls + 1 : 0;
        IsStalled = Remaining.Count > 0 && Remaining.Count >= before;
    }

    /// <summary>Takes a list in that came right after some were cancelled by id, and so proves nothing by being empty.</summary>
    public void UpdateRemaining(IReadOnlyList<ulong> listed)
    {
        var there = new HashSet<ulong>(listed);
        Remaining = [.. _matched.Where(there.Contains)];
    }
}
