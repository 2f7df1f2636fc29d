using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox.Queue;

/// <summary>
/// Decides when what is due is tried. It sleeps until the next thing is due, looks around when something happens, and sleeps on
/// when it is stopped or started, as the real one does. Nothing runs by itself: <see cref="RunUntil"/> catches up, event by event,
/// each at its own time. Whoever calls holds the queue's lock.
/// </summary>
internal sealed class QueueRunner(
    SortedDictionary<ulong, QueuedMessage> messages, Courier courier, DeliveryTracer tracer, Action<QueuedMessage, DateTimeOffset, TraceSpan?> tellSender)
{
    private readonly Dictionary<ulong, Attempt> underway = [];
    private readonly Queue<(Signal Signal, ulong Id)> signals = new();
    private DateTimeOffset wakeUp = DateTimeOffset.MinValue;
    private bool isStopped;
    private bool isHandling;

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

    public bool IsRunning => !isStopped;

    /// <summary>How many messages are under delivery.</summary>
    public int Underway => underway.Count;

    /// <summary>When something happens next if nothing comes from outside.</summary>
    public DateTimeOffset NextEvent => underway.Values.Select(attempt => attempt.EndsAt).Append(wakeUp).Min();

    /// <summary>Does everything that would have happened up to now.</summary>
    public void RunUntil(DateTimeOffset now)
    {
        if (wakeUp == DateTimeOffset.MinValue)
            wakeUp = now;
        SkipIdleTime(now);
        for (var next = NextEvent; next <= now; next = NextEvent)
        {
            var ended = underway.Values.Where(attempt => attempt.EndsAt == next).ToArray();
            foreach (var attempt in ended)
                signals.Enqueue((Signal.AttemptEnded, attempt.Message.Id));
            if (ended.Length == 0)
                signals.Enqueue((Signal.Wake, 0));
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
        signals.Enqueue((signal, 0));
        HandleSignals(now);
    }

    /// <summary>What is handled may signal more, such as the bounce that a failure makes: that waits its turn.</summary>
    private void HandleSignals(DateTimeOffset now)
    {
        if (isHandling)
            return;
        isHandling = true;
        while (signals.TryDequeue(out var next))
        {
            if (next.Signal == Signal.AttemptEnded)
                Finish(underway[next.Id], now);
            else
                Consider(next.Signal, now);
        }

        isHandling = false;
    }

    private void Consider(Signal signal, DateTimeOffset now)
    {
        var looksAround = signal switch
        {
            Signal.Stop or Signal.Start => false,
            Signal.Finished => underway.Count > 0,
            _ => true,
        };
        if (signal is Signal.Stop or Signal.Start)
            isStopped = signal == Signal.Stop;
        if (isStopped)
            wakeUp = now.AddSeconds(DeliverySchedule.Pause);
        else if (looksAround || wakeUp <= now)
            TryWhatIsDue(now);
    }

    private void TryWhatIsDue(DateTimeOffset now)
    {
        var pause = DeliverySchedule.Refresh;
        var due = new List<QueuedMessage>();
        foreach (var message in messages.Values)
        {
            var wait = message.DueAt - Seconds(now);
            if (wait > 0)
                pause = Math.Min(pause, wait);
            else if (!underway.ContainsKey(message.Id))
                due.Add(message);
        }

        foreach (var message in due.OrderBy(message => message.DueAt).ThenBy(message => message.Id))
            Begin(message.Copy(), now);
        wakeUp = now.AddSeconds(pause);
    }

    /// <summary>A worker takes a copy. What is done to the message meanwhile is lost when the worker writes its copy back.</summary>
    private void Begin(QueuedMessage message, DateTimeOffset now)
    {
        var span = tracer.Started(message, now);
        foreach (var domain in message.Domains)
            domain.Expire(Seconds(now));
        tellSender(message, now, span);
        if (message.NextAttempt is not { } due)
        {
            messages.Remove(message.Id);
            tracer.Ended(span, message, now);
            signals.Enqueue((Signal.Finished, message.Id));
        }
        else if (due > Seconds(now))
        {
            message.DueAt = due;
            messages[message.Id] = message;
            tracer.Ended(span, message, now);
            signals.Enqueue((Signal.Deferred, message.Id));
        }
        else
        {
            var attempt = new Attempt(message, Seconds(now), now + courier.TimeFor(message, Seconds(now)), span);
            underway[message.Id] = attempt;
            if (attempt.EndsAt == now)
                Finish(attempt, now);
        }
    }

    private void Finish(Attempt attempt, DateTimeOffset now)
    {
        var message = attempt.Message;
        courier.Deliver(message, attempt.Began, now, attempt.Span);
        tellSender(message, now, attempt.Span);
        tracer.Ended(attempt.Span, message, now);
        underway.Remove(message.Id);
        if (message.NextEvent is { } due)
        {
            message.DueAt = due;
            messages[message.Id] = message;
            signals.Enqueue((Signal.Deferred, message.Id));
        }
        else
        {
            messages.Remove(message.Id);
            signals.Enqueue((Signal.Finished, message.Id));
        }
    }

    /// <summary>An empty queue wakes up for nothing; after a long time that would be many times.</summary>
    private void SkipIdleTime(DateTimeOffset now)
    {
        if (messages.Count > 0 || underway.Count > 0 || wakeUp > now)
            return;
        var pause = TimeSpan.FromSeconds(isStopped ? DeliverySchedule.Pause : DeliverySchedule.Refresh);
        wakeUp += pause * Math.Floor((now - wakeUp) / pause);
    }

    /// <summary>A message on its way.</summary>
    private sealed record Attempt(QueuedMessage Message, long Began, DateTimeOffset EndsAt, TraceSpan? Span);
}
