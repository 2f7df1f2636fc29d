using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Client;

/// <summary>The settings of a connection, besides its credential.</summary>
public sealed record MailClientOptions
{
    /// <summary>The server's base address, such as <c>https://mail.example.org</c>. A path is kept.</summary>
    public required Uri BaseUri { get; init; }
    /// <summary>Creates what sends requests again.</summary>
    public required RetryHandlerBuilder RetryHandlerBuilder { get; init; }
    /// <summary>Tells how hard a password is to guess, on the scale of zxcvbn from 0 to 4; null = that is left to the server, which cannot judge a hash.</summary>
    public Func<string, int>? ScorePassword { get; init; }
    /// <summary>Replaces the socket transport (the embedded sandbox, tests); null = sockets.</summary>
    public Func<HttpMessageHandler>? Transport { get; init; }
    /// <summary>The OAuth client id, at most 20 bytes.</summary>
    public string ClientId { get; init; } = "mailadmin";
    /// <summary>The clock for expiry, retries and pacing.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
    /// <summary>Send credentials over plain http to a host that is not loopback.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }
    /// <summary>Do not verify the server's certificate.</summary>
    public bool SkipCertificateCheck { get; init; }
    /// <summary>The SHA-256 fingerprint of the only certificate of the server to accept, whatever its name, issuer and dates; null = what the system accepts.</summary>
    public string? CertificateThumbprint { get; init => field = value is null ? null : CertificateFingerprint.Parse(value); }
    /// <summary>A client certificate.</summary>
    public X509Certificate2? Certificate { get; init; }
    /// <summary>The proxy, with its login where it stands in the address; null = that of the environment or the system. This machine is never reached through one.</summary>
    public Uri? Proxy { get; init; }
    /// <summary>How to sign in to the proxy; null = as its address or the system says.</summary>
    public ICredentials? ProxyCredentials { get; init; }
    /// <summary>Stands for the proxy of the environment or the system, which is one for the whole process.</summary>
    internal IWebProxy? SystemProxy { get; init; }
    /// <summary>Use no proxy at all.</summary>
    public bool NoProxy { get; init; }
    /// <summary>How long to wait for a connection.</summary>
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(15);
    /// <summary>How long one request may take until the response headers arrive.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(100);
    /// <summary>How many retries at most.</summary>
    public int MaximumRetryCount { get; init; } = 4;
    /// <summary>The delay before the first retry when the server names none; null = 0.25 s. It doubles with each further one.</summary>
    public TimeSpan? RetryInterval { get; init; }
    /// <summary>Called when the client waits (a rate limit, a retry), from any thread.</summary>
    public Action<WaitNotice>? OnWait { get; init; }
}
