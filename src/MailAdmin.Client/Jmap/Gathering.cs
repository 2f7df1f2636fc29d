namespace MailAdmin.Client.Jmap;

/// <summary>
/// Puts the work of several callers together: while as many requests are on their way as may be, what comes gathers for the next. A caller that is alone waits for
/// nobody.
/// </summary>
/// <typeparam name="TWork">What a caller wants done.</typeparam>
/// <typeparam name="TResult">What becomes of it.</typeparam>
internal abstract class Gathering<TWork, TResult>
{
    private readonly Lock _lock = new();
    private readonly List<GatheredWork<TWork, TResult>> _waiting = [];
    private int _inProgress;

    /// <summary>Does the work of one caller, with that of others.</summary>
    protected Task<TResult> AddAsync(TWork work, CancellationToken cancellationToken)
    {
        var added = new GatheredWork<TWork, TResult>(work, cancellationToken);
        lock (_lock)
        {
            _waiting.Add(added);
            StartWhatMayStart();
        }
        return added.WaitAsync();
    }

    /// <summary>Whether a request may go now. Called by one at a time, when work waits.</summary>
    /// <param name="inProgress">How many are on their way.</param>
    /// <param name="waiting">The work that waits.</param>
    protected abstract bool MayStart(int inProgress, IReadOnlyList<GatheredWork<TWork, TResult>> waiting);

    /// <summary>Chooses, of those who wait, whose work goes in the next request: that of one at least, unless other requests are on their way. Called by one at a time.</summary>
    protected abstract IReadOnlyList<GatheredWork<TWork, TResult>> Choose(IReadOnlyList<GatheredWork<TWork, TResult>> waiting);

    /// <summary>Does work that was chosen together.</summary>
    /// <returns>The results, in the order of the work.</returns>
    protected abstract Task<IReadOnlyList<TResult>> SendAsync(IReadOnlyList<TWork> works, CancellationToken cancellationToken);

    /// <summary>Work that was chosen has ended, however. Called by one at a time.</summary>
    protected virtual void End(IReadOnlyList<TWork> works)
    {
    }

    /// <summary>Whether this error, of work that was sent together, may be that of one of them alone, and nothing was done.</summary>
    protected virtual bool MayBeOfOne(MailServerException error) => error.Code == MailErrorCode.RejectedByClient;

    private void StartWhatMayStart()
    {
        while (TakeNext() is { Count: > 0 } chosen)
        {
            _inProgress++;
            _ = Task.Run(() => SendAndGoOnAsync(chosen), CancellationToken.None);
        }
    }

    private IReadOnlyList<GatheredWork<TWork, TResult>> TakeNext()
    {
        if (_waiting.Count == 0 || !MayStart(_inProgress, _waiting))
        {
            return [];
        }
        if (_waiting.RemoveAll(work => work.CancellationToken.IsCancellationRequested) > 0)
        {
            return TakeNext();
        }
        IReadOnlyList<GatheredWork<TWork, TResult>> chosen = Choose(_waiting);
        var taken = chosen.ToHashSet();
        _waiting.RemoveAll(taken.Contains);
        return chosen;
    }

    // Whatever happens is a result of those who wait.
    private async Task SendAndGoOnAsync(IReadOnlyList<GatheredWork<TWork, TResult>> chosen)
    {
        await SendAsync(chosen).ConfigureAwait(false);
        lock (_lock)
        {
            _inProgress--;
            End([.. chosen.Select(work => work.Work)]);
            StartWhatMayStart();
        }
    }

    private async Task SendAsync(IReadOnlyList<GatheredWork<TWork, TResult>> chosen)
    {
        using var ending = new SharedCancellation([.. chosen.Select(work => work.CancellationToken)]);
        try
        {
            IReadOnlyList<TResult> results = await SendAsync([.. chosen.Select(work => work.Work)], ending.Token).ConfigureAwait(false);
            foreach ((GatheredWork<TWork, TResult> work, TResult result) in chosen.Zip(results))
            {
                work.Complete(result);
            }
        }
        catch (MailServerException e) when (chosen.Count > 1 && MayBeOfOne(e))
        {
            foreach (GatheredWork<TWork, TResult> work in chosen)
            {
                await SendAsync([work]).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            foreach (GatheredWork<TWork, TResult> work in chosen)
            {
                work.Fail(e);
            }
        }
    }
}

/// <summary>The work of one caller, who waits for it.</summary>
/// <param name="work">What is to be done.</param>
/// <param name="cancellationToken">Ends the waiting.</param>
internal sealed class GatheredWork<TWork, TResult>(TWork work, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TWork Work => work;

    public CancellationToken CancellationToken => cancellationToken;

    public Task<TResult> WaitAsync() => _completion.Task.WaitAsync(cancellationToken);

    public void Complete(TResult result) => _completion.TrySetResult(result);

    public void Fail(Exception error) => _completion.TrySetException(error);
}
