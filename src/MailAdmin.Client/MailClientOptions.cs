// What a connection is made of besides its credential.
using System.Net;
using System.Security.Cryptography.X509Certificates;

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
    public required int MaximumRetries { get; init; }
    /// <summary>How long one attempt may take until the headers are there.</summary>
    public required TimeSpan AttemptTimeout { get; init; }
    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}

/// <summary>The settings of a connection.</summary>
public sealed record MailClientOptions
{
    /// <summary>The server's base address, such as <c>https://mail.example.org</c>. A path is kept.</summary>
    public required Uri BaseUri { get; init; }
    /// <summary>Assembles the HttpClient.</summary>
    public required HttpClientBuilder HttpClientBuilder { get; init; }
    /// <summary>Replaces the socket transport (the embedded sandbox, tests); null = sockets.</summary>
    public Func<HttpMessageHandler>? Transport { get; init; }
    /// <summary>The OAuth client id, at most 20 bytes.</summary>
    public string ClientId { get; init; } = "mailadmin";
    /// <summary>The clock that expiries, retries and pacing go by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
    /// <summary>Send credentials over plain http to a host that is not loopback.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }
    /// <summary>Do not verify the server's certificate.</summary>
    public bool SkipCertificateCheck { get; init; }
    /// <summary>A client certificate.</summary>
    public X509Certificate2? Certificate { get; init; }
    /// <summary>The proxy; null = the system's.</summary>
    public IWebProxy? Proxy { get; init; }
    /// <summary>Use no proxy at all.</summary>
    public bool NoProxy { get; init; }
    /// <summary>How long to wait for a connection.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>How long one request may take until its headers are there.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(100);
    /// <summary>How many retries.</summary>
    public int MaximumRetryCount { get; init; } = 4;
    /// <summary>The first pause before a retry where the server names none; null = 0.25 s, doubling.</summary>
    public TimeSpan? RetryInterval { get; init; }
    /// <summary>Told when the client waits: a rate limit, a retry. Called from any thread.</summary>
    public Action<WaitNotice>? OnWait { get; init; }
}

/// <summary>Why the client waits, and how long.</summary>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Duration">How long.</param>
/// <param name="Kind">What kind of wait.</param>
public sealed record WaitNotice(string Reason, TimeSpan Duration, WaitKind Kind);

/// <summary>The kinds of waits.</summary>
public enum WaitKind
{
    /// <summary>A failed attempt is repeated.</summary>
    Retry,
    /// <summary>Calls are spread so that the minute limit is not hit.</summary>
    Pacing,
    /// <summary>The minute limit was hit; the next clock minute is awaited.</summary>
    RateLimit,
}
