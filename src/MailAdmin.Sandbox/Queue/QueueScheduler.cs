using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Queue;

/// <summary>
/// Decides when due messages are tried. It waits until the next message is due, checks the queue at every event, and continues to wait
/// when it is stopped or started, as the real server does. Nothing runs by itself: <see cref="RunUntil"/> catches up, event by event,
/// each at its own time. The caller holds the queue's lock.
/// </summary>
internal sealed class QueueScheduler(
    SortedDictionary<ulong, QueuedMessage> messages, DeliveryAgent deliveryAgent, DeliveryTracer tracer, Action<QueuedMessage, DateTimeOffset, TraceSpan?> sendBounce)
{
    private readonly Dictionary<ulong, Attempt> _activeAttempts = [];
    private readonly Queue<(Signal Signal, ulong Id)> _signals = new();
    private DateTimeOffset _wakeUpAt = DateTimeOffset.MinValue;
    private bool _isStopped;
    private bool _isHandling;

    private enum Signal
    {
        Wake,
        Refresh,
        Stop,
        Start,
        AttemptEnded,
        Finished,
        Deferred,
    }

    public bool IsRunning => !_isStopped;

    /// <summary>How many messages are under delivery.</summary>
    public int ActiveAttempts => _activeAttempts.Count;

    /// <summary>The time of the next event, if no call comes before it.</summary>
    public DateTimeOffset NextEvent => _activeAttempts.Values.Select(attempt => attempt.EndsAt).Append(_wakeUpAt).Min();

    /// <summary>Processes every event up to now.</summary>
    public void RunUntil(DateTimeOffset now)
    {
        if (_wakeUpAt == DateTimeOffset.MinValue)
        {
            _wakeUpAt = now;
        }

        SkipIdleTime(now);
        for (DateTimeOffset next = NextEvent; next <= now; next = NextEvent)
        {
            Attempt[] ended = _activeAttempts.Values.Where(attempt => attempt.EndsAt == next).ToArray();
            foreach (Attempt attempt in ended)
            {
                _signals.Enqueue((Signal.AttemptEnded, attempt.Message.Id));
            }

            if (ended.Length == 0)
            {
                _signals.Enqueue((Signal.Wake, 0));
            }

            HandleSignals(next);
        }
    }

    /// <summary>The queue changed: tries every message that is due.</summary>
    public void Refresh(DateTimeOffset now) => HandleSignal(Signal.Refresh, now);

    public void Stop(DateTimeOffset now) => HandleSignal(Signal.Stop, now);

    /// <summary>Starts the queue. Due messages still wait for the next event.</summary>
    public void Start(DateTimeOffset now) => HandleSignal(Signal.Start, now);

    private static long ToUnixSeconds(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private void HandleSignal(Signal signal, DateTimeOffset now)
    {
        _signals.Enqueue((signal, 0));
        HandleSignals(now);
    }

    /// <summary>Handling a signal may raise others, such as the bounce of a failure: these are queued behind it.</summary>
    private void HandleSignals(DateTimeOffset now)
    {
        if (_isHandling)
        {
            return;
        }

        _isHandling = true;
        while (_signals.TryDequeue(out (Signal Signal, ulong Id) next))
        {
            if (next.Signal == Signal.AttemptEnded)
            {
                FinishAttempt(_activeAttempts[next.Id], now);
            }
            else
            {
                ProcessSignal(next.Signal, now);
            }
        }

        _isHandling = false;
    }

    private void ProcessSignal(Signal signal, DateTimeOffset now)
    {
        bool checksQueue = signal switch
        {
            Signal.Stop or Signal.Start => false,
            Signal.Finished => _activeAttempts.Count > 0,
            _ => true,
        };
        if (signal is Signal.Stop or Signal.Start)
        {
            _isStopped = signal == Signal.Stop;
        }

        if (_isStopped)
        {
            _wakeUpAt = now.AddSeconds(DeliverySchedule.MaxWaitWhenStopped);
        }
        else if (checksQueue || _wakeUpAt <= now)
        {
            StartDueAttempts(now);
        }
    }

    private void StartDueAttempts(DateTimeOffset now)
    {
        long delay = DeliverySchedule.MaxWaitWhenRunning;
        var due = new List<QueuedMessage>();
        foreach (QueuedMessage message in messages.Values)
        {
            long wait = message.DueAt - ToUnixSeconds(now);
            if (wait > 0)
            {
                delay = Math.Min(delay, wait);
            }
            else if (!_activeAttempts.ContainsKey(message.Id))
            {
                due.Add(message);
            }
        }

        foreach (QueuedMessage message in due.OrderBy(message => message.DueAt).ThenBy(message => message.Id))
        {
            StartAttempt(message.Copy(), now);
        }

        _wakeUpAt = now.AddSeconds(delay);
    }

    /// <summary>A worker takes a copy. Changes made to the message in the meantime are lost when the worker writes its copy back.</summary>
    private void StartAttempt(QueuedMessage message, DateTimeOffset now)
    {
        TraceSpan? span = tracer.StartAttempt(message, now);
        foreach (QueuedDomain domain in message.Domains)
        {
            domain.Expire(ToUnixSeconds(now));
        }

        sendBounce(message, now, span);
        if (message.NextAttempt is not { } due)
        {
            messages.Remove(message.Id);
            tracer.EndAttempt(span, message, now);
            _signals.Enqueue((Signal.Finished, message.Id));
        }
        else if (due > ToUnixSeconds(now))
        {
            message.DueAt = due;
            messages[message.Id] = message;
            tracer.EndAttempt(span, message, now);
            _signals.Enqueue((Signal.Deferred, message.Id));
        }
        else
        {
            var attempt = new Attempt(message, ToUnixSeconds(now), now + deliveryAgent.GetDuration(message, ToUnixSeconds(now)), span);
            _activeAttempts[message.Id] = attempt;
            if (attempt.EndsAt == now)
            {
                FinishAttempt(attempt, now);
            }
        }
    }

    private void FinishAttempt(Attempt attempt, DateTimeOffset now)
    {
        QueuedMessage message = attempt.Message;
        deliveryAgent.Deliver(message, attempt.StartedAt, now, attempt.Span);
        sendBounce(message, now, attempt.Span);
        tracer.EndAttempt(attempt.Span, message, now);
        _activeAttempts.Remove(message.Id);
        if (message.NextEvent is { } due)
        {
            message.DueAt = due;
            messages[message.Id] = message;
            _signals.Enqueue((Signal.Deferred, message.Id));
        }
        else
        {
            messages.Remove(message.Id);
            _signals.Enqueue((Signal.Finished, message.Id));
        }
    }

    /// <summary>An empty queue would wake up for nothing, and very often after a long time.</summary>
    private void SkipIdleTime(DateTimeOffset now)
    {
        if (messages.Count > 0 || _activeAttempts.Count > 0 || _wakeUpAt > now)
        {
            return;
        }

        var interval = TimeSpan.FromSeconds(_isStopped ? DeliverySchedule.MaxWaitWhenStopped : DeliverySchedule.MaxWaitWhenRunning);
        _wakeUpAt += interval * Math.Floor((now - _wakeUpAt) / interval);
    }

    /// <summary>A message on its way.</summary>
    private sealed record Attempt(QueuedMessage Message, long StartedAt, DateTimeOffset EndsAt, TraceSpan? Span);
}
