namespace MailAdmin.Client;

/// <summary>Creates the handler that sends a request again; the module passes in the isolated resilience library.</summary>
/// <param name="rules">When, after how long, and how often.</param>
public delegate DelegatingHandler RetryHandlerBuilder(RetryRules rules);

/// <summary>What is sent again. The handler waits, counts and cancels.</summary>
public sealed record RetryRules
{
    /// <summary>Called after each attempt (counted from 0) with the request, its answer or its exception: null = the outcome is final, else how long to wait before the next attempt. Not called once the caller has cancelled.</summary>
    public required Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> Delay { get; init; }
    /// <summary>Called before each wait with the request, the number of the attempt that failed, and the delay.</summary>
    public Action<HttpRequestMessage, int, TimeSpan>? OnRetry { get; init; }
    /// <summary>How many times a request may be sent again, at least once.</summary>
    public required int MaxRetries { get; init; }
    /// <summary>The clock of the waits.</summary>
    public required TimeProvider Time { get; init; }
}
