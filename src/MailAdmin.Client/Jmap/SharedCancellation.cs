namespace MailAdmin.Client.Jmap;

/// <summary>Cancels what several wait for when nobody waits for it any more.</summary>
internal sealed class SharedCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<CancellationTokenRegistration> _registrations;
    private int _waiting;

    /// <param name="callers">A token of each who waits.</param>
    public SharedCancellation(IReadOnlyList<CancellationToken> callers)
    {
        _waiting = callers.Count;
        _registrations = [.. callers.Select(caller => caller.Register(Leave))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _source.Cancel();
        }
    }
}
