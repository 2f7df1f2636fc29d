using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Queue;

/// <summary>
/// Decides when what is due is tried. It sleeps until the next thing is due, looks around when something happens, and sleeps on
/// when it is stopped or started, as the real one does. Nothing runs by itself: <see cref="RunUntil"/> catches up, event by event,
/// each at its own time. Whoever calls holds the queue's lock.
/// </summary>
internal sealed class QueueRunner(
    SortedDictionary<ulong, QueuedMessage> messages, Courier courier, DeliveryTracer tracer, Action<QueuedMessage, DateTimeOffset, TraceSpan?> tellSender)
{
    private readonly Dictionary<ulong, Attempt> _underway = [];
    private readonly Queue<(Signal Signal, ulong Id)> _signals = new();
    private DateTimeOffset _wakeUp = DateTimeOffset.MinValue;
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
    public int Underway => _underway.Count;

    /// <summary>When something happens next if nothing comes from outside.</summary>
    public DateTimeOffset NextEvent => _underway.Values.Select(attempt => attempt.EndsAt).Append(_wakeUp).Min();

    /// <summary>Does everything that would have happened up to now.</summary>
    public void RunUntil(DateTimeOffset now)
    {
        if (_wakeUp == DateTimeOffset.MinValue)
        {
            _wakeUp = now;
        }

        SkipIdleTime(now);
        for (DateTimeOffset next = NextEvent; next <= now; next = NextEvent)
        {
            Attempt[] ended = _underway.Values.Where(attempt => attempt.EndsAt == next).ToArray();
            foreach (Attempt? attempt in ended)
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

    /// <summary>Something in the queue changed: whatever is due is tried.</summary>
    public void Refresh(DateTimeOffset now) => Handle(Signal.Refresh, now);

    public void Stop(DateTimeOffset now) => Handle(Signal.Stop, now);

    /// <summary>Starts it, which does not wake it: what is due waits for the next event.</summary>
    public void Start(DateTimeOffset now) => Handle(Signal.Start, now);

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private void Handle(Signal signal, DateTimeOffset now)
    {
        _signals.Enqueue((signal, 0));
        HandleSignals(now);
    }

    /// <summary>What is handled may signal more, such as the bounce that a failure makes: that waits its turn.</summary>
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
                Finish(_underway[next.Id], now);
            }
            else
            {
                Consider(next.Signal, now);
            }
        }

        _isHandling = false;
    }

    private void Consider(Signal signal, DateTimeOffset now)
    {
        bool looksAround = signal switch
        {
            Signal.Stop or Signal.Start => false,
            Signal.Finished => _underway.Count > 0,
            _ => true,
        };
        if (signal is Signal.Stop or Signal.Start)
        {
            _isStopped = signal == Signal.Stop;
        }

        if (_isStopped)
        {
            _wakeUp = now.AddSeconds(DeliverySchedule.Pause);
        }
        else if (looksAround || _wakeUp <= now)
        {
            TryWhatIsDue(now);
        }
    }

    private void TryWhatIsDue(DateTimeOffset now)
    {
        long pause = DeliverySchedule.Refresh;
        var due = new List<QueuedMessage>();
        foreach (QueuedMessage message in messages.Values)
        {
            long wait = message.DueAt - Seconds(now);
            if (wait > 0)
            {
                pause = Math.Min(pause, wait);
            }
            else if (!_underway.ContainsKey(message.Id))
            {
                due.Add(message);
            }
        }

        foreach (QueuedMessage? message in due.OrderBy(message => message.DueAt).ThenBy(message => message.Id))
        {
            Begin(message.Copy(), now);
        }

        _wakeUp = now.AddSeconds(pause);
    }

    /// <summary>A worker takes a copy. What is done to the message meanwhile is lost when the worker writes its copy back.</summary>
    private void Begin(QueuedMessage message, DateTimeOffset now)
    {
        TraceSpan? span = tracer.Started(message, now);
        foreach (QueuedDomain domain in message.Domains)
        {
            domain.Expire(Seconds(now));
        }

        tellSender(message, now, span);
        if (message.NextAttempt is not { } due)
        {
            messages.Remove(message.Id);
            tracer.Ended(span, message, now);
            _signals.Enqueue((Signal.Finished, message.Id));
        }
        else if (due > Seconds(now))
        {
            message.DueAt = due;
            messages[message.Id] = message;
            tracer.Ended(span, message, now);
            _signals.Enqueue((Signal.Deferred, message.Id));
        }
        else
        {
            var attempt = new Attempt(message, Seconds(now), now + courier.TimeFor(message, Seconds(now)), span);
            _underway[message.Id] = attempt;
            if (attempt.EndsAt == now)
            {
                Finish(attempt, now);
            }
        }
    }

    private void Finish(Attempt attempt, DateTimeOffset now)
    {
        QueuedMessage message = attempt.Message;
        courier.Deliver(message, attempt.Began, now, attempt.Span);
        tellSender(message, now, attempt.Span);
        tracer.Ended(attempt.Span, message, now);
        _underway.Remove(message.Id);
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

    /// <summary>An empty queue wakes up for nothing; after a long time that would be many times.</summary>
    private void SkipIdleTime(DateTimeOffset now)
    {
        if (messages.Count > 0 || _underway.Count > 0 || _wakeUp > now)
        {
            return;
        }

        var pause = TimeSpan.FromSeconds(_isStopped ? DeliverySchedule.Pause : DeliverySchedule.Refresh);
        _wakeUp += pause * Math.Floor((now - _wakeUp) / pause);
    }

    /// <summary>A message on its way.</summary>
    private sealed record Attempt(QueuedMessage Message, long Began, DateTimeOffset EndsAt, TraceSpan? Span);
}
