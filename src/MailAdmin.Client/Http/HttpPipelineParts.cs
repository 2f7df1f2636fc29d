namespace MailAdmin.Client;

/// <summary>Builds the HttpClient around the client's own handlers; the module passes in the isolated resilience library.</summary>
/// <param name="pipeline">What goes into it.</param>
/// <param name="lifetime">Closes what was built.</param>
public delegate HttpClient HttpClientBuilder(HttpPipelineParts pipeline, out IDisposable lifetime);

/// <summary>The parts of the pipeline, for its builder: retry outermost, then the handlers in order, then the primary one.</summary>
public sealed record HttpPipelineParts
{
    /// <summary>Creates the transport.</summary>
    public required Func<HttpMessageHandler> PrimaryHandler { get; init; }
    /// <summary>Creates the handlers inside the retry, outermost first.</summary>
    public required IReadOnlyList<Func<DelegatingHandler>> Handlers { get; init; }
    /// <summary>Called after each attempt (counted from 0): null = the outcome is final, else how long to wait before the next attempt.</summary>
    public required Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> RetryDelay { get; init; }
    /// <summary>Called for each retry.</summary>
    public Action<HttpRequestMessage, int, TimeSpan>? OnRetry { get; init; }
    /// <summary>How many retries at most.</summary>
    public required int MaxRetries { get; init; }
    /// <summary>How long one attempt may take until the headers arrive.</summary>
    public required TimeSpan AttemptTimeout { get; init; }
    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
