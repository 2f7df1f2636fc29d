namespace MailAdmin.Client;

/// <summary>Why the client waits, and how long.</summary>
/// <param name="Reason">The reason, as a sentence to show.</param>
/// <param name="Duration">How long.</param>
/// <param name="Kind">What kind of wait.</param>
public sealed record WaitNotice(string Reason, TimeSpan Duration, WaitKind Kind);

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
