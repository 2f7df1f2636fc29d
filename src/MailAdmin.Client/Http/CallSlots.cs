namespace MailAdmin.Client.Http;

/// <summary>
/// The slots for calls in flight, given out in the order of asking; how many there are is up to a <see cref="ConcurrencyLimit"/>. They outlive the
/// connection: a waiting call must get through and learn that the connection is closed.
/// </summary>
internal sealed class CallSlots(ConcurrencyLimit limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<CallSlot>> _waiting = [];
    private int _taken;

    /// <summary>Waits for a free slot.</summary>
    public async ValueTask<CallSlot> AcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ready = new TaskCompletionSource<CallSlot>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource<CallSlot>> place;
        lock (_lock)
        {
            if (_waiting.Count == 0 && _taken < limit.Current)
            {
                return Take();
            }
            place = _waiting.AddLast(ready);
        }
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Leave(place, cancellationToken), null);
        return await ready.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a slot back.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _taken--;
            AdmitWaiting();
        }
    }

    /// <summary>Tells the limit of an answer.</summary>
    public void RecordAnswer(CallSlot slot, Operation operation, TimeSpan time)
    {
        lock (_lock)
        {
            limit.RecordAnswer(operation, time, slot.InFlight, slot.Round);
            AdmitWaiting();
        }
    }

    /// <summary>Tells the limit of an answer whose time says nothing.</summary>
    public void RecordUnmeasuredAnswer(CallSlot slot)
    {
        lock (_lock)
        {
            limit.RecordUnmeasuredAnswer(slot.Round);
            AdmitWaiting();
        }
    }

    /// <summary>Tells the limit that the server has too much to do.</summary>
    public void RecordOverload(CallSlot slot)
    {
        lock (_lock)
        {
            limit.RecordOverload(slot.Round);
        }
    }

    /// <summary>Sets how many slots there may be at most.</summary>
    public void SetMaximum(int value)
    {
        lock (_lock)
        {
            limit.SetMaximum(value);
            AdmitWaiting();
        }
    }

    private CallSlot Take() => new(++_taken, limit.Round);

    private void AdmitWaiting()
    {
        while (_taken < limit.Current && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            first.Value.SetResult(Take());
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource<CallSlot>> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Whoever has been given a slot keeps it, and finds out that the call is cancelled.
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.SetCanceled(cancellationToken);
            }
        }
    }
}

/// <summary>A slot for one call.</summary>
/// <param name="InFlight">How many calls are in flight, this one included.</param>
/// <param name="Round">The round of the limit in which the call begins.</param>
internal readonly record struct CallSlot(int InFlight, int Round);
