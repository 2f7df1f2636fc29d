namespace MailAdmin.Client;

/// <summary>Why the client waits, and how long.</summary>
/// <param name="Reason">The reason, as a sentence to show.</param>
/// <param name="Duration">How long; zero = the wait is over.</param>
/// <param name="Kind">What kind of wait.</param>
public sealed record WaitNotice(string Reason, TimeSpan Duration, WaitKind Kind)
{
    private int _isTaken;

    /// <summary>Whether it is to be told to people, and not only shown while it lasts: the first notice of an outage.</summary>
    public bool IsAnnouncement { get; init; }

    /// <summary>Whether the caller is to tell it: true once, however many listeners a connection has.</summary>
    public bool TryTakeAnnouncement() => IsAnnouncement && Interlocked.Exchange(ref _isTaken, 1) == 0;
}

/// <summary>The kinds of waits.</summary>
public enum WaitKind
{
    /// <summary>A failed attempt is sent again.</summary>
    Retry,
    /// <summary>Calls are spread so that the minute limit is not hit.</summary>
    Pacing,
    /// <summary>The minute limit was hit; the client waits until the next clock minute.</summary>
    RateLimit,

    /// <summary>The server is away; the client waits until it answers again.</summary>
    Outage,
}
