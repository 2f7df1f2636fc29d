using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Certificates;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Demonstration;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Dmarc;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Maintenance;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.Setup;
using MailAdmin.Sandbox.SignIn;
using MailAdmin.Sandbox.Smtp;
using MailAdmin.Sandbox.Spam;
using MailAdmin.Sandbox.Store;
using MailAdmin.Sandbox.Telemetry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox;

/// <summary>A server from 0.16: it is managed over JMAP.</summary>
internal sealed partial class JmapServer : IServerFamily
{
    private const int DefaultSmtpPort = 25;

    private readonly JmapRouter _router;
    private readonly AccountMailboxes _mailboxes;
    private readonly FailureMessages _failureMessages;
    private readonly SmtpReceiver _smtpReceiver;
    private readonly BlobReader _blobReader;
    private readonly BlobUploads _blobUploads;
    private readonly SpamSampleRules _spamSamples;
    private readonly TaskRunner _tasks;
    private readonly TraceStore _traces = new();
    private readonly MetricStore _metrics;
    private readonly Tracer _tracer;
    private readonly RequestTracer? _requestTracer;
    private readonly SampleTraffic? _sampleTraffic;

    /// <param name="options">The options, with an edition.</param>
    /// <param name="clock">The server's clock.</param>
    /// <param name="faults">The faults to inject.</param>
    /// <param name="streams">Counts the live streams.</param>
    public JmapServer(SandboxOptions options, SandboxClock clock, SandboxFaults faults, EventStreams streams)
    {
        Clock = clock;
        Faults = faults;
        Streams = streams;
        Store = new RegistryStore(RegistrySchema.Default, clock, (uint)(options.Seed ?? Random.Shared.Next()));
        FirstStart.Fill(Store, options.HostName);
        Settings = new SettingsInForce(Store);
        Rights = new EffectiveRights(Store, Settings, options.Enterprise);
        Accounts = new AccountReader(Store, Settings);
        _mailboxes = new AccountMailboxes(Store, Settings, Accounts);
        Dialect = ServerDialect.FromVersion(options.ServerVersion);
        _failureMessages = new FailureMessages(Dialect);
        uint node = (uint)(options.Seed ?? Random.Shared.Next());
        Log = new ServerLog(FindLogTracer, Dialect.QuotesServerTextInLog, Clock);
        Log.Write(LogEvents.ServerStarted(Dialect.Version));
        _metrics = new MetricStore(ReadGauges, new SnowflakeIdGenerator(node + 2), MetricHistory.Newer);
        _tracer = new Tracer(true, new SnowflakeIdGenerator(node + 1), _traces, _metrics, new TraceLog(Log).Write, EventNames.ToNewer);
        _requestTracer = options.Enterprise ? new RequestTracer(_tracer, Clock) : null;
        var deliveryTracer = new DeliveryTracer(_tracer, RemoteDomains, options.HostName);
        var deliveryAgent = new DeliveryAgent(RemoteDomains, _mailboxes, _failureMessages, options.DeliveryTime, deliveryTracer);
        var ids = new SnowflakeIdGenerator(node);
        Queue = new MessageQueue(Clock, _mailboxes, deliveryAgent, Blobs, ids, options.HostName, Dialect, _failureMessages, deliveryTracer);
        IncomingReports = new IncomingReports(Clock, ids);
        OutgoingReports = new OutgoingReports(Clock, ids, FindReportDomain, Dialect);
        var reports = new ReportIntake(
            Dialect.ReadsReportsOfUsers,
            () => Settings["ReportSettings"]["inboundReportAddresses"]!.AsObject().Select(address => address.Key),
            () => Settings["ReportSettings"]["inboundReportForwarding"]!.GetValue<bool>(),
            IncomingReports.Add,
            OutgoingReports.CountFailure);
        _smtpReceiver = new SmtpReceiver(_mailboxes, Queue, reports, _ => [], new SmtpTracer(_tracer, RemoteDomains), Dialect.KeepsMessagesAsSent, Clock);
        _sampleTraffic = options.Empty ? null : new SampleTraffic(_smtpReceiver, Clock);
        _blobReader = new BlobReader(Blobs, Clock);
        _blobUploads = new BlobUploads(Blobs, Settings, Clock);
        _spamSamples = new SpamSampleRules(Store, _blobReader, Clock);
        _tasks = new TaskRunner(Store, Clock, new Dictionary<string, Action> { ["retrain"] = _spamSamples.UseUp, ["train"] = _spamSamples.UseUp }, new ArchivedItemRestoration(Blobs, _mailboxes));
        _router = CreateRouter(options);
        if (!options.Empty)
        {
            JmapOrganisation.Fill(Store, Blobs, Clock);
            SampleRemoteDomains.Populate(RemoteDomains, options.HostName, JmapOrganisation.DescribeDomains(Store, new DomainZone(Store, Settings)));
            SampleSpamTraining.Train(SpamModels);
            SampleReports.FillOnFirstUse(IncomingReports, OutgoingReports, Clock);
            SampleMail.Send(_smtpReceiver, _mailboxes, Clock);
        }
    }

    internal ServerDialect Dialect { get; }

    internal SandboxClock Clock { get; }

    internal SandboxFaults Faults { get; }

    internal EventStreams Streams { get; }

    internal RegistryStore Store { get; }

    internal RemoteDomains RemoteDomains { get; } = new();

    internal BlobStore Blobs { get; } = new();

    internal MessageQueue Queue { get; }

    internal IncomingReports IncomingReports { get; }

    internal OutgoingReports OutgoingReports { get; }

    internal ServerLog Log { get; }

    internal SpamModels SpamModels { get; } = new();

    /// <summary>Finds accounts by what they sign in with.</summary>
    internal AccountReader Accounts { get; }

    /// <summary>The settings in force.</summary>
    internal SettingsInForce Settings { get; }

    /// <summary>What accounts may do.</summary>
    internal EffectiveRights Rights { get; }

    public string? Deliver(string? authenticatedAs, string mailFrom, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message)
    {
        // Whoever asks the queue holds the gate of the store before its own.
        lock (Store.Gate)
        {
            return _smtpReceiver.Accept(authenticatedAs, mailFrom, recipients, message.Span);
        }
    }

    public Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        lock (Store.Gate)
        {
            Queue.CatchUp();
            _tasks.RunDue();
        }

        return _requestTracer is null ? _router.HandleAsync(request, cancellationToken) : _requestTracer.TraceAsync(request, traced => _router.HandleAsync(traced, cancellationToken));
    }

    /// <summary>Processes what is due without a request.</summary>
    private void CatchUp()
    {
        lock (Store.Gate)
        {
            _sampleTraffic?.DeliverIfDue();
            Queue.CatchUp();
        }
    }

    private IReadOnlyList<(string Id, long Value)> ReadGauges() => GaugeReader.Read(
        (_requestTracer?.ActiveRequests ?? 0) + Streams.OpenCount, Queue.ActiveDeliveries, Queue.Count, Store.List("Account").Values.Count(IsUser), Store.List("Domain").Count);

    private static bool IsUser(RegistryObject account) => account.Text(RegistrySchema.Variant) == "User";

    /// <summary>Whether a store is configured.</summary>
    private bool IsEnabled(string store) => Settings[store][RegistrySchema.Variant]!.GetValue<string>() != "Disabled";

    private MethodTable CreateMethods(GuardedSignIn signIn, BlockList blockList, Action resetLimits, bool hasLicence)
    {
        var rules = new Dictionary<string, ObjectRules>
        {
            ["Account"] = new AccountRules(Store, Rights, new PasswordRules(Settings), _mailboxes.GetUsed),
            ["AcmeProvider"] = new AcmeProviderRules(),
            ["Certificate"] = new CertificateRules(),
            ["DkimSignature"] = new DkimSignatureRules(),
            ["Domain"] = new DomainRules(Store, new DomainZone(Store, Settings), new DomainKeys(Store, Clock)),
            ["MailingList"] = new MailingListRules(Store),
            ["OAuthClient"] = new OAuthClientRules(),
            ["PublicKey"] = new PublicKeyRules(),
            ["Role"] = new RoleRules(),
            ["SpamTrainingSample"] = _spamSamples,
            ["Task"] = new TaskRules(Store, Clock, new Dictionary<string, Action> { ["resetRateLimiters"] = resetLimits }),
            ["Tenant"] = new TenantRules(Store, _mailboxes.GetUsed),
        };
        var usual = new RegistryMethods(Store, rules);
        var actions = new Dictionary<string, Action>
        {
            ["PauseMtaQueue"] = () => Queue.SetRunning(false),
            ["ReloadBlockedIps"] = blockList.Reload,
            ["ResumeMtaQueue"] = ResumeQueue,
        };
        var special = new Dictionary<string, IObjectMethods>
        {
            ["AccountPassword"] = new AccountPasswordMethods(Store, Settings, new PasswordRules(Settings), Clock, signIn.RecordFailure),
            ["AccountSettings"] = new AccountSettingsMethods(Store),
            ["Action"] = new ActionMethods(Store, Settings, Clock, CreateQuestions(), actions),
            ["ApiKey"] = new CredentialMethods(Store, Settings, Rights, Credentials.ApiKey),
            ["AppPassword"] = new CredentialMethods(Store, Settings, Rights, Credentials.AppPassword),
            ["ArfExternalReport"] = new IncomingReportMethods(Store.Schema, IncomingReports, "arf"),
            ["ArchivedItem"] = new ArchivedItemMethods(Store, usual, Clock),
            ["ClusterNode"] = new UnwritableMethods(usual),
            ["DmarcExternalReport"] = new IncomingReportMethods(Store.Schema, IncomingReports, "dmarc"),
            ["DmarcInternalReport"] = new OutgoingReportMethods(Store.Schema, OutgoingReports, isDmarc: true, Clock),
            ["Log"] = new LogMethods(Store.Schema, Log),
            ["Metric"] = new MetricMethods(Store.Schema, _metrics, () => IsEnabled("MetricsStore"), Clock),
            ["Task"] = new TaskMethods(Store, usual),
            ["Trace"] = new TraceMethods(Store.Schema, _traces, () => IsEnabled("TracingStore"), Clock),
            ["TlsExternalReport"] = new IncomingReportMethods(Store.Schema, IncomingReports, "tls"),
            ["TlsInternalReport"] = new OutgoingReportMethods(Store.Schema, OutgoingReports, isDmarc: false, Clock),
            ["QueuedMessage"] = new QueuedMessageMethods(Store, Queue, new QueuedMessageView(FindPort), new QueuedMessagePatch(_failureMessages.Cancelled)),
        };
        return new MethodTable(Store, usual, special, new BlobMethods(_blobReader, _blobUploads).All, hasLicence);
    }

    private Dictionary<string, Func<JsonObject, JsonObject>> CreateQuestions()
    {
        var zone = new DomainZone(Store, Settings);
        var dmarc = new DmarcTest(RemoteDomains, zone.FindKey, Dialect.RefusedLookUpsAreErrors, Clock);
        var spam = new SpamClassifier(
            SpamModels, new TransportTags(RemoteDomains, zone.FindKey, Dialect), name => SpamQuestion.FindSetting(Settings, name), _mailboxes.FindAccount, Dialect, Clock);
        return new Dictionary<string, Func<JsonObject, JsonObject>>
        {
            ["ClassifySpam"] = action => SpamQuestion.Answer(spam, action),
            ["TroubleshootDmarc"] = action => DmarcQuestion.Answer(dmarc, action),
        };
    }

    /// <summary>What is due is tried at once.</summary>
    private void ResumeQueue()
    {
        Queue.SetRunning(true);
        Queue.Refresh();
    }

    /// <summary>The first log that is not switched off.</summary>
    private LogTracer? FindLogTracer() => Settings.List("Tracer")
        .Where(tracer => tracer.Text(RegistrySchema.Variant) == "Log" && tracer.Value["enable"]!.GetValue<bool>())
        .Select(tracer => new LogTracer(LogLevels.Parse(tracer.Text("level"))))
        .FirstOrDefault();

    /// <summary>The domain in whose name reports are sent.</summary>
    private string FindReportDomain() => Settings["ReportSettings"]["outboundReportDomain"]?.GetValue<string>() ?? Accounts.DefaultDomain;

    /// <summary>The port of the listener by which mail came: users hand theirs in at one of their own.</summary>
    private int FindPort(MailSource source)
    {
        string name = source == MailSource.Authenticated ? "submission" : "smtp";
        string? address = Settings.List("NetworkListener").FirstOrDefault(listener => listener.Text("name") == name)?.Value["bind"]!.AsObject().FirstOrDefault().Key;
        return address is not null && IPEndPoint.TryParse(address, out IPEndPoint? endPoint) ? endPoint.Port : DefaultSmtpPort;
    }
}
