using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Queue;

/// <summary>The message queue. Each call first processes what was due by then, so that the queue depends on the clock alone.</summary>
internal sealed class MessageQueue
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, QueuedMessage> _messages = [];
    private readonly ILocalMail _localMail;
    private readonly BlobStore _blobs;
    private readonly SnowflakeIdGenerator _ids;
    private readonly QueueScheduler _scheduler;
    private readonly TimeProvider _clock;
    private readonly string _hostName;
    private readonly ServerDialect _dialect;
    private readonly FailureMessages _failureMessages;
    private readonly DeliveryTracer _tracer;

    public MessageQueue(
        TimeProvider clock,
        ILocalMail localMail,
        DeliveryAgent deliveryAgent,
        BlobStore blobs,
        SnowflakeIdGenerator ids,
        string hostName,
        ServerDialect dialect,
        FailureMessages failureMessages,
        DeliveryTracer tracer)
    {
        _localMail = localMail;
        _clock = clock;
        _blobs = blobs;
        _ids = ids;
        _hostName = hostName;
        _dialect = dialect;
        _failureMessages = failureMessages;
        _tracer = tracer;
        _scheduler = new QueueScheduler(_messages, deliveryAgent, tracer, SendBounce);
    }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _scheduler.IsRunning;
            }
        }
    }

    /// <summary>The number of messages, without processing what is due.</summary>
    public int Count => _messages.Count;

    /// <summary>The number of them that are being delivered, likewise.</summary>
    public int ActiveDeliveries => _scheduler.ActiveAttempts;

    /// <summary>The blobs that its messages need.</summary>
    public IReadOnlySet<string> BlobHashes => Execute(_ => _messages.Values.Select(message => message.BlobHash).ToHashSet(StringComparer.Ordinal));

    /// <summary>Processes what is due by now.</summary>
    public void CatchUp() => CatchUp(_clock.GetUtcNow());

    /// <summary>Processes what is due by then.</summary>
    public void CatchUp(DateTimeOffset at)
    {
        lock (_gate)
        {
            _scheduler.RunUntil(at);
        }
    }

    /// <summary>Queues a message and tries it at once if the queue runs.</summary>
    public void Add(IncomingMessage message)
    {
        lock (_gate)
        {
            _scheduler.RunUntil(message.At);
            Insert(message);
        }
    }

    /// <summary>Reads or changes messages at one moment, given in seconds since 1970.</summary>
    public T Execute<T>(Func<long, T> action)
    {
        lock (_gate)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _scheduler.RunUntil(now);
            return action(now.ToUnixTimeSeconds());
        }
    }

    /// <summary>A message as it is now, for the caller to keep.</summary>
    public QueuedMessage? Find(ulong id) => Execute(_ => _messages.GetValueOrDefault(id)?.Copy());

    /// <summary>Those that match, in the order of their numbers, for the caller to keep.</summary>
    public IReadOnlyList<QueuedMessage> Find(Func<QueuedMessage, bool> matches) =>
        Execute(_ => _messages.Values.Where(matches).Select(message => message.Copy()).ToArray());

    /// <summary>Stops or starts the queue and returns the previous state.</summary>
    public bool SetRunning(bool value) => Execute(_ =>
    {
        bool wasRunning = _scheduler.IsRunning;
        if (value)
        {
            _scheduler.Start(_clock.GetUtcNow());
        }
        else
        {
            _scheduler.Stop(_clock.GetUtcNow());
        }

        return wasRunning;
    });

    /// <summary>Moves the next attempt at those pending domains that match; true if there was one.</summary>
    public bool Reschedule(IEnumerable<ulong> ids, long at, Func<QueuedDomain, bool> matches) => Execute(_ =>
    {
        bool found = false;
        foreach (QueuedMessage message in ids.Select(id => _messages.GetValueOrDefault(id)).OfType<QueuedMessage>())
        {
            QueuedDomain[] domains = message.Domains.Where(domain => domain.IsPending && matches(domain)).ToArray();
            foreach (QueuedDomain domain in domains)
            {
                domain.Reschedule(at, _dialect.LimitsRescheduledByAttempts);
            }

            if (domains.Length > 0)
            {
                message.DueAt = message.NextEvent ?? 0;
            }

            found |= domains.Length > 0;
        }

        return found;
    });

    /// <summary>Changes a message; false where there is none. It goes, without a bounce, when it waits for nobody any more.</summary>
    public bool Change(ulong id, Action<QueuedMessage> change) => Execute(_ =>
    {
        if (!_messages.TryGetValue(id, out QueuedMessage? message))
        {
            return false;
        }

        change(message);
        if (message.NextEvent is { } due)
        {
            message.DueAt = due;
        }
        else
        {
            _messages.Remove(id);
        }

        return true;
    });

    /// <summary>Makes the queue check what is due after a change.</summary>
    public void Refresh() => Execute(_ =>
    {
        _scheduler.Refresh(_clock.GetUtcNow());
        return true;
    });

    /// <summary>Takes messages out. One under delivery at this moment comes back when its worker is done.</summary>
    public void Remove(IEnumerable<ulong> ids) => Execute(_ =>
    {
        foreach (ulong id in ids)
        {
            _messages.Remove(id);
        }

        return true;
    });

    /// <summary>The same for many: the queue is stopped during the removal, and waits on afterwards.</summary>
    public void RemoveAll(IReadOnlyList<ulong> ids) => Execute(_ =>
    {
        bool wasRunning = _scheduler.IsRunning;
        if (wasRunning)
        {
            _scheduler.Stop(_clock.GetUtcNow());
        }

        foreach (ulong id in ids)
        {
            _messages.Remove(id);
        }

        if (wasRunning)
        {
            _scheduler.Start(_clock.GetUtcNow());
        }

        return true;
    });

    /// <summary>Cancels the recipients whose address contains a text, and the message if none is pending; true if there was such a recipient.</summary>
    public bool CancelRecipients(ulong id, string text) => Execute(_ =>
    {
        if (!_messages.TryGetValue(id, out QueuedMessage? message))
        {
            return false;
        }

        QueuedRecipient[] recipients = message.Recipients.Where(recipient => recipient.LowerAddress.Contains(text, StringComparison.Ordinal)).ToArray();
        foreach (QueuedRecipient recipient in recipients)
        {
            recipient.Outcome = _failureMessages.Cancelled;
        }

        if (recipients.Length == 0)
        {
            return false;
        }

        foreach (QueuedDomain domain in message.Domains.Where(domain => domain.IsPending && !domain.Recipients.Any(recipient => recipient.Outcome.IsPending)))
        {
            domain.Outcome = DeliveryOutcome.Completed;
        }

        if (!message.IsPending)
        {
            _messages.Remove(id);
        }

        return true;
    });

    private void Insert(IncomingMessage incoming)
    {
        long now = incoming.At.ToUnixTimeSeconds();
        bool isBounce = incoming.Source == MailSource.Bounce;
        long lifetime = _dialect.MessageLifetimeDays * DeliverySchedule.Day;
        IEnumerable<QueuedDomain> domains = incoming.Recipients
            .OrderBy(recipient => GetDomain(recipient.Address), StringComparer.Ordinal).ThenBy(recipient => recipient.Address.ToLowerInvariant(), StringComparer.Ordinal)
            .GroupBy(recipient => _dialect.QueuesByRecipient ? recipient.Address : GetDomain(recipient.Address), StringComparer.Ordinal)
            .Select(domain => new QueuedDomain
            {
                Name = GetDomain(domain.First().Address),
                Recipients = [.. domain.Select(recipient => CreateRecipient(recipient, isBounce))],
                NextRetry = now,
                NextNotification = isBounce ? now + lifetime + 10 : now + DeliverySchedule.GetNotificationDelay(0)!.Value,
                ExpiresAt = now + lifetime,
            });
        var message = new QueuedMessage
        {
            Id = _ids.Next(incoming.At),
            ReturnPath = incoming.ReturnPath,
            Created = now,
            Size = incoming.Content.Length,
            BlobHash = _blobs.Put(incoming.Content),
            Domains = [.. domains],
            Source = incoming.Source,
            DueAt = now,
        };
        _messages[message.Id] = message;
        _tracer.TraceQueued(incoming.Session, message, incoming.At);
        _scheduler.Refresh(incoming.At);
    }

    private QueuedRecipient CreateRecipient(MailRecipient recipient, bool isBounce) => new(recipient.Address, ChooseQueue(GetDomain(recipient.Address), isBounce))
    {
        Original = recipient.Original is { } original ? $"rfc822;{original}" : null,
        IsReported = isBounce,
    };

    private string ChooseQueue(string domain, bool isBounce) => !_dialect.SplitsQueues ? "default"
        : _localMail.IsLocalDomain(domain) ? "local"
        : isBounce ? "dsn"
        : "remote";

    /// <summary>Lists of 0.16 may have recipients that are no addresses: these have no domain.</summary>
    private string GetDomain(string address) => _dialect.SplitsQueues ? MailAddress.GetDomainOrEmpty(address) : MailAddress.GetDomain(address);

    private void SendBounce(QueuedMessage message, DateTimeOffset at, TraceSpan? attempt)
    {
        QueuedRecipient[] unreported = message.Recipients.Where(recipient => !recipient.IsReported).ToArray();
        byte[]? bounce = BounceBuilder.Build(message, _hostName, at.ToUnixTimeSeconds());
        foreach (QueuedRecipient recipient in unreported.Where(recipient => recipient.IsReported))
        {
            _tracer.TraceNotification(attempt, recipient, at);
        }

        if (bounce is not null)
        {
            Insert(new IncomingMessage("", [new MailRecipient(message.ReturnPath)], bounce, MailSource.Bounce, at, attempt));
        }
    }
}
