using System.Net;
using MailAdmin.Sandbox.Api;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Certificates;
using MailAdmin.Sandbox.Demonstration;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Dmarc;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
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
        var dialect = ServerDialect.FromVersion(options.ServerVersion);
        _failureMessages = new FailureMessages(dialect);
        uint node = (uint)(options.Seed ?? Random.Shared.Next());
        var tracer = new Tracer(options.Enterprise, new SnowflakeIdGenerator(node + 1), new TraceStore(), new MetricStore(() => []));
        var deliveryTracer = new DeliveryTracer(tracer, RemoteDomains, options.HostName);
        var deliveryAgent = new DeliveryAgent(RemoteDomains, _mailboxes, _failureMessages, options.DeliveryTime, deliveryTracer);
        Queue = new MessageQueue(Clock, _mailboxes, deliveryAgent, Blobs, new SnowflakeIdGenerator(node), options.HostName, dialect, _failureMessages, deliveryTracer);
        var reports = new ReportIntake(() => [], () => true, _ => { }, (_, _) => { });
        _smtpReceiver = new SmtpReceiver(_mailboxes, Queue, reports, _ => [], new SmtpTracer(tracer, RemoteDomains), dialect.KeepsMessagesAsSent, Clock);
        _router = CreateRouter(options);
        if (!options.Empty)
        {
            JmapOrganisation.Fill(Store);
            SampleRemoteDomains.Populate(RemoteDomains, options.HostName, JmapOrganisation.DescribeDomains(Store, new DomainZone(Store, Settings)));
            SampleMail.Send(_smtpReceiver, _mailboxes, Clock);
        }
    }

    internal SandboxClock Clock { get; }

    internal SandboxFaults Faults { get; }

    internal EventStreams Streams { get; }

    internal RegistryStore Store { get; }

    internal RemoteDomains RemoteDomains { get; } = new();

    internal BlobStore Blobs { get; } = new();

    internal MessageQueue Queue { get; }

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
        }

        return _router.HandleAsync(request, cancellationToken);
    }

    /// <summary>The actions that only ask, by their kind.</summary>
    private Dictionary<string, Func<JsonObject, JsonObject>> CreateQuestions()
    {
        var zone = new DomainZone(Store, Settings);
        return new Dictionary<string, Func<JsonObject, JsonObject>>
        {
            ["ClassifySpam"] = new ClassifyAction(new TransportTags(RemoteDomains, zone.FindKey), Clock).Run,
            ["TroubleshootDmarc"] = new DmarcAction(new DmarcTest(RemoteDomains, zone.FindKey, Clock)).Run,
        };
    }

    private MethodTable CreateMethods(GuardedSignIn signIn, BlockList blockList, Action resetLimits, bool hasLicence)
    {
        var rules = new Dictionary<string, ObjectRules>
        {
            ["Account"] = new AccountRules(Store, Rights, new PasswordRules(Settings), _mailboxes.GetUsed),
            ["Certificate"] = new CertificateRules(),
            ["DkimSignature"] = new DkimSignatureRules(),
            ["Domain"] = new DomainRules(Store, new DomainZone(Store, Settings), new DomainKeys(Store, Clock)),
            ["MailingList"] = new MailingListRules(Store),
            ["OAuthClient"] = new OAuthClientRules(),
            ["PublicKey"] = new PublicKeyRules(),
            ["Role"] = new RoleRules(),
            ["Task"] = new TaskRules(Store, Clock, new Dictionary<string, Action> { ["resetRateLimiters"] = resetLimits }),
            ["Tenant"] = new TenantRules(Store, _mailboxes.GetUsed),
        };
        var actions = new Dictionary<string, Action>
        {
            ["PauseMtaQueue"] = () => Queue.SetRunning(false),
            ["ReloadBlockedIps"] = blockList.Reload,
            ["ResumeMtaQueue"] = ResumeQueue,
        };
        var usual = new RegistryMethods(Store, rules);
        var special = new Dictionary<string, IObjectMethods>
        {
            ["AccountPassword"] = new AccountPasswordMethods(Store, Settings, new PasswordRules(Settings), Clock, signIn.RecordFailure),
            ["AccountSettings"] = new AccountSettingsMethods(Store),
            ["Action"] = new ActionMethods(Store, Settings, Clock, actions, CreateQuestions()),
            ["ApiKey"] = new CredentialMethods(Store, Settings, Credentials.ApiKey),
            ["AppPassword"] = new CredentialMethods(Store, Settings, Credentials.AppPassword),
            ["QueuedMessage"] = new QueuedMessageMethods(Store, Queue, new QueuedMessageView(FindPort), new QueuedMessagePatch(_failureMessages.Cancelled)),
            ["Task"] = new TaskMethods(Store, usual),
        };
        return new MethodTable(Store, usual, special, hasLicence);
    }

    /// <summary>What is due is tried at once.</summary>
    private void ResumeQueue()
    {
        Queue.SetRunning(true);
        Queue.Refresh();
    }

    /// <summary>The port of the listener by which mail came: users hand theirs in at one of their own.</summary>
    private int FindPort(MailSource source)
    {
        string name = source == MailSource.Authenticated ? "submission" : "smtp";
        string? address = Settings.List("NetworkListener").FirstOrDefault(listener => listener.Text("name") == name)?.Value["bind"]!.AsObject().FirstOrDefault().Key;
        return address is not null && IPEndPoint.TryParse(address, out IPEndPoint? endPoint) ? endPoint.Port : DefaultSmtpPort;
    }
}
