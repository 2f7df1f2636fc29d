namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// The window of a cmdlet that works per item: at most <c>limit</c> items are in progress, outcomes come in input order, memory is bounded.
/// An outcome is an action for the pipeline thread: it writes the result or the error of its item.
/// </summary>
internal sealed class OrderedWindow(PipelinePump pump, int limit)
{
    private readonly Queue<Task<Action>> _inFlight = new();

    /// <summary>Starts the work of one item, first waiting for room. <paramref name="work"/> must turn failures into an outcome.</summary>
    public void Start(Func<CancellationToken, Task<Action>> work)
    {
        while (_inFlight.Count >= limit)
        {
            CompleteOldest();
        }
        CancellationToken token = pump.Token;
        _inFlight.Enqueue(Task.Run(() => work(token), CancellationToken.None));
        while (_inFlight.TryPeek(out Task<Action>? oldest) && oldest.IsCompleted)
        {
            CompleteOldest();
        }
    }

    /// <summary>Waits for everything in progress. Also the barrier before and after a principal that others may refer to.</summary>
    public void Drain()
    {
        while (_inFlight.Count > 0)
        {
            CompleteOldest();
        }
    }

    /// <summary>Cancels what is in progress and waits a moment for it to end.</summary>
    public void CancelAndWait()
    {
        if (_inFlight.Count > 0)
        {
            pump.CancelAndWait(_inFlight);
            _inFlight.Clear();
        }
    }

    private void CompleteOldest() => pump.Wait(_inFlight.Dequeue())();
}
