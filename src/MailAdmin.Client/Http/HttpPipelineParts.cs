namespace MailAdmin.Client;

/// <summary>Builds the HttpClient around the client's own handlers; the module hands in the isolated resilience library.</summary>
/// <param name="pipeline">What goes into it.</param>
/// <param name="lifetime">Ends what was built.</param>
public delegate HttpClient HttpClientBuilder(HttpPipelineParts pipeline, out IDisposable lifetime);

/// <summary>The parts of the chain, for whoever assembles it: retry outermost, then the handlers in order, then the primary one.</summary>
public sealed record HttpPipelineParts
{
    /// <summary>Makes the transport.</summary>
    public required Func<HttpMessageHandler> PrimaryHandler { get; init; }
    /// <summary>Makes the handlers below the retry, outermost first.</summary>
    public required IReadOnlyList<Func<DelegatingHandler>> Handlers { get; init; }
    /// <summary>Asked after each attempt (counted from 0): null = the outcome stands, else how long to wait before the next attempt.</summary>
    public required Func<HttpRequestMessage, HttpResponseMessage?, Exception?, int, TimeSpan?> RetryDelay { get; init; }
    /// <summary>Told of each retry.</summary>
    public Action<HttpRequestMessage, int, TimeSpan>? OnRetry { get; init; }
    /// <summary>How many retries at most.</summary>
    public required int MaxRetries { get; init; }
    /// <summary>How long one attempt may take until the headers are there.</summary>
    public required TimeSpan AttemptTimeout { get; init; }
    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
