namespace MailAdmin.Client.Calls;

/// <summary>How long something may take: its token ends it when the time is over, or when the caller cancels.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _timer = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _timer.Token);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether it was the time that ended it, and not the caller.</summary>
    public bool IsOver => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
