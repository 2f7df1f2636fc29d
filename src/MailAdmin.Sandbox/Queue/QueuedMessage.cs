namespace MailAdmin.Sandbox.Queue;

/// <summary>One message in the queue. Times are seconds since 1970.</summary>
internal sealed class QueuedMessage
{
    public required ulong Id { get; init; }

    /// <summary>Empty for messages that the server wrote itself.</summary>
    public required string ReturnPath { get; init; }

    public required long Created { get; init; }

    public required int Size { get; init; }

    public required string BlobHash { get; init; }

    public required IReadOnlyList<QueuedDomain> Domains { get; init; }

    public required MailSource Source { get; init; }

    /// <summary>The higher the sooner (0.16).</summary>
    public int Priority { get; set; }

    /// <summary>What the sender calls it.</summary>
    public string? EnvelopeId { get; set; }

    /// <summary>When the queue processes it next. Kept apart from the domains' times, because not every change of those moves it.</summary>
    public long DueAt { get; set; }

    public bool IsPending => Domains.Any(domain => domain.IsPending);

    public IEnumerable<QueuedRecipient> Recipients => Domains.SelectMany(domain => domain.Recipients);

    /// <summary>The next attempt, notification or expiry of what is still pending.</summary>
    public long? NextEvent => GetPendingDomains().Select(domain => (long?)domain.NextEvent).Min();

    /// <summary>The next attempt of what is still pending; by this alone lists filter.</summary>
    public long? NextAttempt => GetPendingDomains().Select(domain => (long?)domain.NextRetry).Min();

    public string SenderDomain => ReturnPath[(ReturnPath.LastIndexOf('@') + 1)..];

    /// <summary>Whether it comes from or goes to one of these domains, which is all that a tenant may see.</summary>
    public bool InvolvesAny(IReadOnlySet<string> domains) =>
        Domains.Any(domain => domains.Contains(domain.Name)) || domains.Contains(SenderDomain);

    public QueuedMessage Copy() => new()
    {
        Id = Id,
        ReturnPath = ReturnPath,
        Created = Created,
        Size = Size,
        BlobHash = BlobHash,
        Domains = [.. Domains.Select(domain => domain.Copy())],
        Source = Source,
        Priority = Priority,
        EnvelopeId = EnvelopeId,
        DueAt = DueAt,
    };

    private IEnumerable<QueuedDomain> GetPendingDomains() => Domains.Where(domain => domain.IsPending);
}
