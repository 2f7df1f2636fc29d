using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Writes objects and accounts for each of them. A change that may or may not have been done is looked up on the server; where the server itself says that it
/// failed, what is missing then is sent once more. Where an answer was lost it is not: the server may be at work on it still.
/// </summary>
internal sealed class JmapWrites(JmapChannel channel)
{
    // What stands around the objects of a set.
    private const int MaxFrameBytes = 1024;

    /// <summary>Applies changes, in their order.</summary>
    /// <returns>The outcome of each, in the same order.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a change holds what must not be sent; nothing was.</exception>
    public async Task<IReadOnlyList<SetOutcome>> ApplyAsync(SetOrder order, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<SetChange, SetOutcome> outcomes = await ApplyAsync([order], cancellationToken).ConfigureAwait(false);
        return [.. order.Changes.Select(change => outcomes[change])];
    }

    /// <summary>Applies the one change of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="action">What is done, such as <c>Purging 'jane@example.org'</c>.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">It was refused; <c>OutcomeUnknown</c> where no look could tell.</exception>
    public async Task<SetOutcome> ApplyOneAsync(SetOrder order, string action, CancellationToken cancellationToken)
    {
        SetOutcome outcome = (await ApplyAsync(order, cancellationToken).ConfigureAwait(false))[0];
        return outcome.Error is { } error ? throw OutcomeRules.NameAction(error, action) : outcome;
    }

    /// <summary>Applies the changes of several orders that may share a set, in their order.</summary>
    /// <returns>The outcome of each change.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: a change holds what must not be sent; nothing was.</exception>
    public async Task<IReadOnlyDictionary<SetChange, SetOutcome>> ApplyAsync(IReadOnlyList<SetOrder> orders, CancellationToken cancellationToken)
    {
        SetOrder together = orders is [var only] ? only : SetOrder.Join(orders);
        ThrowIfTwice(together);
        if (channel.Forecast is { } forecast)
        {
            Prepare(together);
            return (await forecast.ForecastAsync(channel, together, cancellationToken).ConfigureAwait(false)).ToDictionary(outcome => outcome.Change);
        }
        Dictionary<SetChange, SetOutcome> outcomes = await SendAsync(together, cancellationToken).ConfigureAwait(false);
        using var lost = new LostChanges(channel, cancellationToken);
        IReadOnlyList<SetChange>[] missing = await lost.FindMissingAsync(orders, outcomes).ConfigureAwait(false);
        int failuresInARow = 0;
        bool isDown = false;
        foreach ((SetOrder order, IReadOnlyList<SetChange> left) in orders.Zip(missing).Where(each => each.Second.Count > 0))
        {
            IReadOnlyList<SetChange> failed = left;
            // Each order for itself: what makes the server fail again takes no other with it. One that fails whatever it is sent gets no more.
            if (failuresInARow < Batch.MaxFailuresInARow && !isDown && !lost.IsServerDown)
            {
                SetOrder again = order with { Changes = left };
                Apply(await SendAsync(again, cancellationToken).ConfigureAwait(false), outcomes);
                isDown = left.Any(change => outcomes[change].Error is { } error && OutcomeRules.FailsAllCalls(error));
                failed = (await lost.FindMissingAsync([again], outcomes).ConfigureAwait(false))[0];
                failuresInARow = failed.Count > 0 ? failuresInARow + 1 : 0;
            }
            foreach (SetChange change in failed)
            {
                // The server failed, and has ended its work without it.
                outcomes[change] = SetOutcome.Failed(change, OutcomeRules.FindServerFailure(outcomes[change].Error!)!);
            }
        }
        return outcomes;
    }

    private static void Apply(Dictionary<SetChange, SetOutcome> again, Dictionary<SetChange, SetOutcome> outcomes)
    {
        foreach ((SetChange change, SetOutcome outcome) in again)
        {
            outcomes[change] = outcome;
        }
    }

    private static void ThrowIfTwice(SetOrder order)
    {
        if (order.Changes.GroupBy(change => (change.Kind == SetKind.Create, change.Key)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two changes of one set are for '{twice.Key.Key}'.", nameof(order));
        }
    }

    // All are written, and refused where they must not be sent, before the first is sent.
    private (SetCall Call, JmapRequest Request)[] Prepare(SetOrder order) => [.. Split(order).Select(call => (call, channel.Prepare([call]).Single()))];

    private async Task<Dictionary<SetChange, SetOutcome>> SendAsync(SetOrder order, CancellationToken cancellationToken)
    {
        (SetCall Call, JmapRequest Request)[] requests = Prepare(order);
        MailServerException? failure = null;
        foreach ((SetCall call, JmapRequest request) in requests)
        {
            if (failure is null)
            {
                failure = await TrySendAsync(call, request, order.Secrets, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                call.Fail(new MailServerException(MailErrorCode.NotSent, Operations.CallJmap, $"Not sent, because the request before it failed: {failure.Message}", failure));
            }
        }
        return requests.SelectMany(each => each.Call.Result).ToDictionary(outcome => outcome.Change);
    }

    private async Task<MailServerException?> TrySendAsync(SetCall call, JmapRequest request, IReadOnlyList<string> secrets, CancellationToken cancellationToken)
    {
        try
        {
            await channel.SendAsync(request, cancellationToken, secrets).ConfigureAwait(false);
            return null;
        }
        catch (MailServerException e)
        {
            call.Fail(e);
            return e;
        }
    }

    private IEnumerable<SetCall> Split(SetOrder order)
    {
        var held = new List<SetChange>();
        long bytes = MaxFrameBytes;
        foreach (SetChange change in order.Changes)
        {
            if (held.Count > 0 && (held.Count == channel.Session.Limits.MaxObjectsInSet || bytes + change.MaxBytes > channel.Session.Limits.MaxRequestBytes))
            {
                yield return CreateCall(order, held);
                (held, bytes) = ([], MaxFrameBytes);
            }
            held.Add(change);
            bytes += change.MaxBytes;
        }
        if (held.Count > 0)
        {
            yield return CreateCall(order, held);
        }
    }

    private static SetCall CreateCall(SetOrder order, IReadOnlyList<SetChange> changes) => new(order.Type, changes) { AccountId = order.AccountId };
}
