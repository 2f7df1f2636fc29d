using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Demonstration;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.Settings;
using MailAdmin.Sandbox.Smtp;
using MailAdmin.Sandbox.Spam;
using MailAdmin.Sandbox.Store;
using MailAdmin.Sandbox.Telemetry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox;

/// <summary>A server up to 0.15: its management API is REST.</summary>
internal sealed partial class RestServer : IServerFamily
{
    private readonly Router _router;
    /// <summary>The addresses at which reports are read, unless the settings name others.</summary>
    private static readonly string[] s_reportAddresses = ["dmarc@*", "tls@*", "tlsrpt@*", "abuse@*"];

    private readonly ILocalMail _mailboxes;
    private readonly SmtpReceiver _smtpReceiver;
    private readonly TraceStore _traces = new();
    private readonly MetricStore _metrics;
    private readonly Tracer _tracer;
    private readonly SampleTraffic? _sampleTraffic;

    /// <param name="options">The options, with an edition.</param>
    /// <param name="clock">The server's clock.</param>
    /// <param name="faults">The faults to inject.</param>
    /// <param name="streams">Counts the live streams.</param>
    public RestServer(SandboxOptions options, SandboxClock clock, SandboxFaults faults, EventStreams streams)
    {
        Dialect = ServerDialect.FromVersion(options.ServerVersion);
        Clock = clock;
        Faults = faults;
        Streams = streams;
        // The sample organisation is the same every time, ids included.
        int? seed = options.Seed ?? (options.Empty ? null : 1);
        Random random = seed is null ? new Random() : new Random(seed.Value);
        Store = new PrincipalStore(random, Dialect);
        Settings = new SettingsStore();
        DeletedItems = new DeletedItems(Clock);
        InitialSettings.Apply(Settings, options.AdminName, options.AdminPassword, options.HostName, options.Empty);
        Configuration = new RunningConfiguration(Settings);
        Log = new ServerLog(() => Configuration.Log, Dialect.QuotesServerTextInLog, Clock);
        Log.Write(LogEvents.ServerStarted(Dialect.Version));
        _mailboxes = new Mailboxes(Store);
        uint node = seed is null ? (uint)Random.Shared.Next() : (uint)seed.Value;
        var ids = new SnowflakeIdGenerator(node);
        _metrics = new MetricStore(ReadGauges, new SnowflakeIdGenerator(node + 2), MetricHistory.Hourly);
        _tracer = new Tracer(options.Enterprise, new SnowflakeIdGenerator(node + 1), _traces, _metrics);
        RequestTracer = new RequestTracer(_tracer, Clock);
        var deliveryTracer = new DeliveryTracer(_tracer, RemoteDomains, options.HostName);
        var failureMessages = new FailureMessages(Dialect);
        var deliveryAgent = new DeliveryAgent(RemoteDomains, _mailboxes, failureMessages, options.DeliveryTime, deliveryTracer);
        Queue = new MessageQueue(Clock, _mailboxes, deliveryAgent, Blobs, ids, options.HostName, Dialect, failureMessages, deliveryTracer);
        IncomingReports = new IncomingReports(Clock, ids);
        OutgoingReports = new OutgoingReports(Clock, ids, () => Settings["report.domain"] ?? options.HostName, Dialect);
        var reports = new ReportIntake(
            Dialect.ReadsReportsOfUsers, GetReportAddresses, () => Settings["report.analysis.forward"] == "true", IncomingReports.Add, OutgoingReports.CountFailure);
        _smtpReceiver = new SmtpReceiver(
            _mailboxes, Queue, reports, Configuration.GetSigners, new SmtpTracer(_tracer, RemoteDomains), Dialect.KeepsMessagesAsSent, Clock);
        _sampleTraffic = options.Empty ? null : new SampleTraffic(_smtpReceiver, Clock);
        ExpandedCalls = new ExpandedCallLimiter(options.WedgeAfter, Clock);
        _router = CreateRouter(options);
        if (!options.Empty)
        {
            PopulateSampleData(options.HostName);
        }
    }

    public string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message) =>
        _smtpReceiver.Accept(authenticatedAs, mailFrom, recipients, message.Span);

    /// <summary>The same at a time in the past that the queue has not processed yet.</summary>
    internal string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, DateTimeOffset at) =>
        _smtpReceiver.Accept(authenticatedAs, mailFrom, recipients, message.Span, at);

    internal SandboxClock Clock { get; }

    internal SandboxFaults Faults { get; }

    internal ExpandedCallLimiter ExpandedCalls { get; }

    internal RequestTracer RequestTracer { get; }
    internal ServerDialect Dialect { get; }

    internal PrincipalStore Store { get; }

    internal SettingsStore Settings { get; }

    internal DeletedItems DeletedItems { get; }

    internal RunningConfiguration Configuration { get; }

    internal ServerLog Log { get; }

    internal SpamModels SpamModels { get; } = new();

    internal RemoteDomains RemoteDomains { get; } = new();

    internal EventStreams Streams { get; }

    internal BlobStore Blobs { get; } = new();

    internal MessageQueue Queue { get; }

    internal IncomingReports IncomingReports { get; }

    internal OutgoingReports OutgoingReports { get; }

    public Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken) =>
        RequestTracer.TraceAsync(request, traced => _router.HandleAsync(traced, cancellationToken));

    /// <summary>Processes what is due without a request.</summary>
    private void CatchUp()
    {
        _sampleTraffic?.DeliverIfDue();
        Queue.CatchUp();
    }

    private IReadOnlyList<(string Id, long Value)> ReadGauges() => GaugeReader.Read(
        RequestTracer.ActiveRequests + Streams.OpenCount, Queue.ActiveDeliveries, Queue.Count, Store.Count(PrincipalType.Individual), Store.Count(PrincipalType.Domain));

    private void PopulateSampleData(string hostName)
    {
        RestOrganisation.Fill(Store, Settings, DeletedItems, Blobs, Clock);
        SampleSpamTraining.Train(SpamModels);
        SampleRemoteDomains.Populate(RemoteDomains, hostName, RestOrganisation.DescribeDomains(Store, Settings, hostName));
        SampleReports.FillOnFirstUse(IncomingReports, OutgoingReports, Clock);
        SampleMail.Send(_smtpReceiver, _mailboxes, Clock);
    }

    private string[] GetReportAddresses()
    {
        string[] configured = Settings.GetSection("report.analysis.addresses").Select(pair => pair.Value).ToArray();
        return configured.Length == 0 ? s_reportAddresses : configured;
    }

    private SandboxResponse GetHealth() => Responses.Problem(200, Dialect.HealthHasTitle ? "OK" : null, "OK");

    private string? GetFirstSecret(uint account) => account == Caller.FallbackAdministratorId
        ? Configuration.FallbackSecret
        : Store.Find(account)?.Secrets?.FirstOrDefault(secret => !Dialect.AllowsOnePasswordOnly || SecretKinds.IsPassword(secret));

    /// <summary>The first domain becomes the sender of reports.</summary>
    private void OnPrincipalCreated(Principal principal)
    {
        if (principal.Type == PrincipalType.Domain && Settings["report.domain"] is null)
        {
            Settings.Set("report.domain", principal.Name);
        }
    }
}
