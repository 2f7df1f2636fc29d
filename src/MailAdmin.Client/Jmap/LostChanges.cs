using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Looks up what became of changes that the server did not account for, those of several orders at once. Once it is down, or answers nobody, nothing more is asked: what is
/// not known by then stays unknown.
/// </summary>
/// <param name="channel">Asks the server.</param>
/// <param name="cancellationToken">Cancels the calls.</param>
internal sealed class LostChanges(JmapChannel channel, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Whether a look found that the server answers no call.</summary>
    public bool IsServerDown { get; private set; }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Looks up what is not known of orders that may share a set, and takes note of what is done.</summary>
    /// <returns>Of each order what the server failed to do, and does not have.</returns>
    public async Task<IReadOnlyList<SetChange>[]> FindMissingAsync(IReadOnlyList<SetOrder> orders, Dictionary<SetChange, SetOutcome> outcomes)
    {
        SetChange[][] unknown = [.. orders.Select(order => order.Changes.Where(change => outcomes[change].Error is { } error && OutcomeRules.IsOutcomeUnknown(error)).ToArray())];
        // The looks of all of them share their requests; what is gone is one question.
        Task<IReadOnlyDictionary<SetChange, string>?> gone = FindGoneAsync(orders[0], [.. unknown.SelectMany(changes => changes).Where(IsDestruction)]);
        IReadOnlyDictionary<SetChange, string>?[] seen = await Task.WhenAll([gone, .. orders.Zip(unknown, FindWrittenAsync)]).ConfigureAwait(false);
        foreach ((SetChange change, string id) in seen.OfType<IReadOnlyDictionary<SetChange, string>>().SelectMany(done => done))
        {
            outcomes[change] = SetOutcome.Done(change, id);
        }
        return [.. unknown.Zip(seen.Skip(1), (changes, written) => changes.Where(change => IsMissing(outcomes[change], IsDestruction(change) ? seen[0] : written)).ToArray())];
    }

    private static bool IsDestruction(SetChange change) => change.Kind == SetKind.Destroy;

    private static bool IsMissing(SetOutcome outcome, IReadOnlyDictionary<SetChange, string>? seen) =>
        seen is not null && outcome.Error is { } error && OutcomeRules.FindServerFailure(error) is not null;

    private Task<IReadOnlyDictionary<SetChange, string>?> FindGoneAsync(SetOrder order, SetChange[] destructions) => TryLookAsync(destructions, async look =>
    {
        IReadOnlyList<string> gone = await channel.FindMissingAsync(order.Type, [.. destructions.Select(change => change.Key)], look, order.AccountId).ConfigureAwait(false);
        return destructions.Where(change => gone.Contains(change.Key)).ToDictionary(change => change, change => change.Key);
    });

    private Task<IReadOnlyDictionary<SetChange, string>?> FindWrittenAsync(SetOrder order, SetChange[] changes)
    {
        SetChange[] written = [.. changes.Where(change => !IsDestruction(change))];
        return TryLookAsync(order.FindDoneAsync is null ? [] : written, look => order.FindDoneAsync!(written, look));
    }

    // Null where nobody can look.
    private async Task<IReadOnlyDictionary<SetChange, string>?> TryLookAsync(SetChange[] changes, Func<CancellationToken, Task<IReadOnlyDictionary<SetChange, string>>> look)
    {
        if (changes.Length == 0 || IsServerDown)
        {
            return null;
        }
        try
        {
            return await look(_stopping.Token).ConfigureAwait(false);
        }
        catch (MailServerException e)
        {
            if (OutcomeRules.FailsAllCalls(e))
            {
                IsServerDown = true;
                await _stopping.CancelAsync().ConfigureAwait(false);
            }
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
