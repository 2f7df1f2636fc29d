using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox;

/// <summary>A mail server in memory that answers the management API as Stalwart does, in one of its versions. Safe to use from many threads.</summary>
public sealed class SandboxServer
{
    private readonly IServerFamily _family;
    private readonly EventStreams _streams = new();
    private readonly RequestHistory _requestHistory = new();

    /// <summary>Starts a server; it needs no stopping.</summary>
    /// <exception cref="ArgumentException">There is no such <see cref="SandboxOptions.ServerVersion"/>.</exception>
    public SandboxServer(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        options = options with
        {
            Edition = options.Edition ?? (options.Empty ? SandboxEdition.Community : SandboxEdition.Enterprise),
            ServerVersion = ServerVersions.Find(options.ServerVersion),
        };
        Clock = new SandboxClock(options.TimeProvider);
        _family = ServerVersions.SpeaksJmap(options.ServerVersion)
            ? new JmapServer(options, Clock, Faults, _streams)
            : new RestServer(options, Clock, Faults, _streams);
    }

    /// <summary>The server's time, which tests may advance.</summary>
    public SandboxClock Clock { get; }

    /// <summary>The faults to inject.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>The number of requests since the start.</summary>
    public int RequestCount => _requestHistory.Count;

    /// <summary>The last ten thousand requests, oldest first: <c>PATCH /api/principal/jane</c>, query included.</summary>
    public IReadOnlyList<string> RequestLog => _requestHistory.Lines;

    /// <summary>The number of live streams opened since the start.</summary>
    public int StreamsOpened => _streams.OpenedCount;

    /// <summary>The number of live streams that are open now; a closed connection is noticed at once.</summary>
    public int OpenStreams => _streams.OpenCount;

    /// <summary>What stands behind a server up to 0.15.</summary>
    internal RestServer Rest => (RestServer)_family;

    /// <summary>What stands behind a server from 0.16.</summary>
    internal JmapServer Jmap => (JmapServer)_family;

    /// <summary>Receives a message as over SMTP. The queue delivers it by the clock: at once, later, or not at all.</summary>
    /// <param name="authenticatedAs">The account that submits it; null for a message from a remote host.</param>
    /// <param name="mailFrom">The sender of the envelope.</param>
    /// <param name="recipients">The recipients of the envelope.</param>
    /// <param name="message">The message itself.</param>
    /// <returns>The refusal, or null if it was accepted.</returns>
    public string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message)
    {
        ArgumentNullException.ThrowIfNull(mailFrom);
        ArgumentNullException.ThrowIfNull(recipients);
        return _family.Deliver(authenticatedAs, mailFrom, recipients, message);
    }

    /// <summary>A transport into this server without a socket. There may be several; disposing one does not stop the server.</summary>
    public HttpMessageHandler CreateHandler() => new SandboxHandler(HandleAsync);

    /// <summary>Answers one request.</summary>
    public Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        _requestHistory.Add($"{request.Method} {request.Target}");
        return _family.HandleAsync(request, cancellationToken);
    }
}
