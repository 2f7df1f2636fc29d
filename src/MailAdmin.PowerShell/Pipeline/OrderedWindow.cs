// Keeps a bounded number of requests under way and hands their outcomes out in the order of the input.
namespace MailAdmin.PowerShell.Pipeline;

/// <summary>
/// The window of a cmdlet that works per item: at most <c>limit</c> items are under way, outcomes come in input order, memory is bounded.
/// An outcome is an action for the pipeline thread: it writes the result or the error of its item.
/// </summary>
internal sealed class OrderedWindow(PipelinePump pump, int limit)
{
    private readonly Queue<Task<Action>> _underWay = new();

    /// <summary>Starts the work of one item, first waiting for room. <paramref name="work"/> must turn failures into an outcome.</summary>
    public void Start(Func<CancellationToken, Task<Action>> work)
    {
        while (_underWay.Count >= limit)
        {
            FinishOldest();
        }
        CancellationToken token = pump.Token;
        _underWay.Enqueue(Task.Run(() => work(token), CancellationToken.None));
        while (_underWay.TryPeek(out Task<Action>? oldest) && oldest.IsCompleted)
        {
            FinishOldest();
        }
    }

    /// <summary>Waits for everything under way. Also the barrier before and after a principal that others may name.</summary>
    public void Drain()
    {
        while (_underWay.Count > 0)
        {
            FinishOldest();
        }
    }

    /// <summary>Cancels what is under way and waits a moment for it to end.</summary>
    public void Abandon()
    {
        if (_underWay.Count > 0)
        {
            pump.Abandon(_underWay);
            _underWay.Clear();
        }
    }

    private void FinishOldest() => pump.Wait(_underWay.Dequeue())();
}
