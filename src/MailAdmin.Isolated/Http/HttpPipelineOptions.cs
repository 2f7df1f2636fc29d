namespace MailAdmin.Isolated.Http;

/// <summary>The parts of one connection's HTTP pipeline. The rules (what to retry, how long to wait) stay with the caller.</summary>
public sealed record HttpPipelineOptions
{
    /// <summary>Creates the handler that talks to the network (or to the sandbox). Called once; the pipeline owns the result.</summary>
    public required Func<HttpMessageHandler> PrimaryHandler { get; init; }

    /// <summary>Create the handlers between the retry and the network, outermost first. Each runs once per attempt.</summary>
    public required IReadOnlyList<Func<DelegatingHandler>> Handlers { get; init; }

    /// <summary>
    /// Called after each attempt with the request, its answer or its exception, and the attempt's number from 0:
    /// how long to wait before sending again, or null not to. Not called once the caller has cancelled.
    /// </summary>
    public required Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> RetryDelay { get; init; }

    /// <summary>Called before each wait: the request, the number of the attempt that failed, and the delay.</summary>
    public Action<HttpRequestMessage, int, TimeSpan>? OnRetry { get; init; }

    /// <summary>How many times one request may be sent again; 0 for never.</summary>
    public required int MaxRetries { get; init; }

    /// <summary>The clock of delays and timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long one attempt may take until the response headers arrive. 10 ms to 24 hours, or infinite (the default). The body is not timed.</summary>
    public TimeSpan AttemptTimeout { get; init; } = Timeout.InfiniteTimeSpan;
}
