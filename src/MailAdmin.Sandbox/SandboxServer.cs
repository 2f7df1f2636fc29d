using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Demonstration;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Maintenance;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Settings;
using MailAdmin.Sandbox.SpamFilter;
using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox;

/// <summary>A mail server in memory that answers the management API as Stalwart does, in one of its versions. Safe to use from many threads.</summary>
public sealed class SandboxServer
{
    private readonly Router _router;
    private readonly RequestRecord _record = new();
    private readonly Delivery _delivery;
    private readonly TraceStore _traces = new();
    private readonly MetricBook _metrics;
    private readonly Tracer _tracer;
    private readonly DemonstrationTraffic? _traffic;

    /// <summary>Starts a server; it needs no stopping.</summary>
    /// <exception cref="ArgumentException">There is no such <see cref="SandboxOptions.ServerVersion"/>.</exception>
    public SandboxServer(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        // The demonstration shows everything, what takes a licence included.
        options = options with { Enterprise = options.Enterprise || !options.Empty };
        Dialect = ServerDialect.Of(options.ServerVersion);
        Clock = new SandboxClock(options.Time);
        // The demonstration firm is the same every time, numbers included.
        int? seed = options.Seed ?? (options.Empty ? null : 1);
        Random random = seed is null ? new Random() : new Random(seed.Value);
        Store = new PrincipalStore(random, Dialect);
        Settings = new SettingsStore();
        Deleted = new DeletedItems(Clock);
        InitialSettings.Apply(Settings, options);
        Configuration = new RunningConfiguration(Settings);
        Log = new ServerLog(Configuration, Dialect, Clock);
        Log.Write(LogEvents.ServerStarted(Dialect.Version));
        var mailboxes = new Mailboxes(Store);
        uint node = seed is null ? (uint)Random.Shared.Next() : (uint)seed.Value;
        var ids = new QueueIds(node);
        _metrics = new MetricBook(() => Gauges.Read(this));
        _tracer = new Tracer(options.Enterprise, new QueueIds(node + 1), _traces, _metrics);
        Requests = new RequestTracer(_tracer, Clock);
        var deliveries = new DeliveryTracer(_tracer, Hosts, options.HostName);
        var texts = new FailureTexts(Dialect);
        var courier = new Courier(Hosts, mailboxes, texts, options.DeliveryTime, deliveries);
        Queue = new MessageQueue(Clock, courier, Blobs, ids, options.HostName, Dialect, texts, deliveries);
        IncomingReports = new IncomingReports(Clock, ids);
        OutgoingReports = new OutgoingReports(Clock, Settings, options.HostName);
        _delivery = new Delivery(Store, mailboxes, Queue, new ReportDesk(Settings, IncomingReports, OutgoingReports), Configuration, new SmtpTracer(_tracer, Hosts), Clock);
        _traffic = options.Empty ? null : new DemonstrationTraffic(this);
        _router = new Router(this, options);
        if (!options.Empty)
        {
            DemonstrationFirm.Populate(this, options.HostName);
        }
    }

    /// <summary>The server's time, which tests may advance.</summary>
    public SandboxClock Clock { get; }

    /// <summary>What goes wrong on purpose.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>How many requests came in since the start.</summary>
    public int RequestCount => _record.Count;

    /// <summary>The last ten thousand requests, oldest first: <c>PATCH /api/principal/jane</c>, query included.</summary>
    public IReadOnlyList<string> RequestLog => _record.Lines;

    /// <summary>How many live streams were ever opened.</summary>
    public int StreamsOpened => Streams.Opened;

    /// <summary>How many live streams are open at this moment: one less as soon as a caller has gone away.</summary>
    public int OpenStreams => Streams.Open;

    /// <summary>Takes in a message as by SMTP. It goes through the queue, which delivers it by the clock: at once, later, or not at all.</summary>
    /// <param name="authenticatedAs">The account that submits it; null for a message from outside.</param>
    /// <param name="mailFrom">The sender of the envelope.</param>
    /// <param name="recipients">The recipients of the envelope.</param>
    /// <param name="message">The message itself.</param>
    /// <returns>Why it was refused, or null if it was accepted.</returns>
    public string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message)
    {
        ArgumentNullException.ThrowIfNull(mailFrom);
        ArgumentNullException.ThrowIfNull(recipients);
        return _delivery.Accept(authenticatedAs, mailFrom, recipients, message.Span);
    }

    /// <summary>The same at a moment in the past that the queue has not lived through yet.</summary>
    internal string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, DateTimeOffset at) =>
        _delivery.Accept(authenticatedAs, mailFrom, recipients, message.Span, at);

    /// <summary>What answers for the telemetry of this server.</summary>
    internal TelemetryEndpoint CreateTelemetryEndpoint(StreamTokens tokens) => new(
        _tracer.IsOn, tokens, Streams, _traces, _metrics, new LiveTraces(_tracer, Clock, LiveOn), new LiveMetrics(_metrics, Clock), Clock);

    internal RequestTracer Requests { get; }
    internal ServerDialect Dialect { get; }

    internal PrincipalStore Store { get; }

    internal SettingsStore Settings { get; }

    internal DeletedItems Deleted { get; }

    internal RunningConfiguration Configuration { get; }

    internal ServerLog Log { get; }

    internal SpamModels SpamModels { get; } = new();

    internal RemoteHosts Hosts { get; } = new();

    internal EventStreams Streams { get; } = new();

    internal BlobStore Blobs { get; } = new();

    internal MessageQueue Queue { get; }

    internal IncomingReports IncomingReports { get; }

    internal OutgoingReports OutgoingReports { get; }

    /// <summary>A transport into this server without a socket. Several may exist; disposing one does not end the server.</summary>
    public HttpMessageHandler CreateHandler() => new SandboxHandler(this);

    /// <summary>Answers one request.</summary>
    public Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        _record.Add($"{request.Method} {request.Target}");
        return Requests.TraceAsync(request, traced => _router.AnswerAsync(traced, cancellationToken));
    }

    /// <summary>Lets happen by now what does not wait for a request.</summary>
    private void LiveOn()
    {
        _traffic?.Continue();
        Queue.CatchUp();
    }
}
