// What a connection is made of besides its credential.
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Client;

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
