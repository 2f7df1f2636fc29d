using MailAdmin.Client.Api.Account;
using MailAdmin.Client.Api.Dkim;
using MailAdmin.Client.Api.Dmarc;
using MailAdmin.Client.Api.Dns;
using MailAdmin.Client.Api.Logs;
using MailAdmin.Client.Api.Maintenance;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Api.Spam;
using MailAdmin.Client.Api.Store;
using MailAdmin.Client.Api.Tasks;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client;

/// <summary>A connection to one Stalwart server, signed in once, with the server's resources. Thread-safe; dispose it to forget its tokens.</summary>
public sealed class MailClient : IDisposable
{
    private readonly Connection _connection;
    private readonly ApiChannel _channel;
    private readonly ObjectSchemaSource _schema;
    private readonly bool _isDryRun;
    private readonly SignInFlow _signIn;
    private readonly SignInResult _signedIn;
    private bool _disposed;

    private MailClient(Connection connection, SignInFlow signIn, SignInResult signedIn)
        : this(connection, connection.Channel, signIn, signedIn, new ServerDialect(signedIn.Server?.Version), new ObjectSchemaSource(), null, null, isDryRun: false)
    {
    }

    private MailClient(Connection connection, ApiChannel channel, SignInFlow signIn, SignInResult signedIn, ServerDialect dialect, ObjectSchemaSource schema, PrincipalResource? principals, Batch? batch, bool isDryRun)
    {
        (_connection, _channel, _signIn, _signedIn, Dialect, _schema, Batch, _isDryRun) = (connection, channel, signIn, signedIn, dialect, schema, batch, isDryRun);
        Jmap = signedIn.Jmap is null ? null : new JmapChannel(channel, signedIn.Jmap) { Forecast = isDryRun ? new WriteForecast(channel, schema) : null };
        Principals = principals?.With(channel) ?? new PrincipalResource(
            Jmap is null ? new RestDirectory(channel, signedIn.Server, Dialect, connection.Time) : new JmapDirectory(Jmap, signedIn.Server, connection.ScorePassword), signedIn.Server, Dialect);
        Objects = new ObjectResource(channel, Jmap, schema);
        Queue = new QueueResource(channel, Jmap is null ? new RestQueue(channel, Dialect, connection.Time) : new JmapQueue(Jmap, connection.Time), connection.Time);
        QueueState = new QueueStateResource(Jmap is null ? new RestQueueState(Queue) : new JmapQueueState(Jmap));
        QueueReports = new QueueReportResource(Jmap is null ? new RestQueueReports(channel) : new JmapQueueReports(Jmap));
        IncomingReports = new IncomingReportResource(Jmap is null ? new RestReceivedReports(channel) : new JmapReceivedReports(Jmap));
        OAuth = new OAuthResource(Jmap is null ? new RestOAuth(channel) : new JmapOAuth(channel, signedIn));
        Account = new AccountResource(Jmap is null ? new RestAccount(channel, Dialect, connection.Time) : new JmapAccount(Jmap, signedIn.Server, connection.ScorePassword), connection.Session, signIn, signedIn);
        DeliveryTest = new DeliveryTestResource(connection, OAuth, Jmap is null ? Operations.TestDelivery : Operations.TestDeliveryLive);
        Live = new LiveTelemetryResource(connection, OAuth, Jmap is null ? new RestTelemetryStreams(signedIn.Server) : new JmapTelemetryStreams(signedIn.Server));
        Health = new HealthResource(channel);
        Tasks = new TaskResource(Jmap is null ? new RestTasks() : new JmapTasks(Jmap), connection.Time);
        Store = new StoreResource(
            channel,
            Jmap is null ? new RestBlobs(channel) : new JmapBlobs(channel, Jmap.Session),
            Jmap is null ? new RestDeletedItems(channel) : new JmapDeletedItems(Jmap, Principals, signedIn.Server, Tasks));
        Spam = new SpamResource(Jmap is null ? new RestSpamFilter(channel, Dialect) : new JmapSpamFilter(Jmap, Principals));
        DmarcTest = new DmarcTestResource(Jmap is null ? new RestDmarcTest(channel) : new JmapDmarcTest(Jmap));
        Raw = new RawResource(channel);
        Settings = new SettingsResource(channel);
        Dkim = new DkimResource(Jmap is null ? new RestSigning(channel, Settings) : new JmapSigning(Jmap, Principals));
        Dns = new DnsResource(Jmap is null ? new RestZone(channel) : new JmapZone(Jmap, Principals));
        Maintenance = new MaintenanceResource(Jmap is null ? new RestMaintenance(channel, Dialect, Store) : new JmapMaintenance(Jmap, Principals));
        Telemetry = new TelemetryResource(Jmap is null ? new RestTelemetry(channel, signedIn.Server) : new JmapTelemetry(Jmap, signedIn.Server, connection.Time));
        Logs = new LogResource(Jmap is null ? new RestLog(channel) : new JmapLog(Jmap), connection.Session.Renewals, connection.WaitNotifier, connection.Time);
        Provisioning = new Provisioner(Principals, signedIn.Server, batch, () => OpenDryRun(channel.ForQuestions())?.Principals);
    }

    /// <summary>Connects, signs in, and reads version, edition and permissions (POST /oauth).</summary>
    /// <exception cref="ArgumentException">The address is not a valid server address.</exception>
    /// <exception cref="MailServerException">The server is unreachable, not Stalwart, too new, or rejects the credential;
    /// <c>RejectedByClient</c> when the credential would cross the network unencrypted.</exception>
    public static async Task<MailClient> ConnectAsync(MailClientOptions options, MailCredential credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        OAuthResource.CheckClientId(options.ClientId);
        var uri = new ApiUri(options.BaseUri);
        ConnectionProxy.ThrowIfInvalid(options);
        UnencryptedAuthentication.ThrowIfNotAllowed(options);
        var connection = Connection.Open(options, uri);
        try
        {
            var signIn = new SignInFlow(connection.Channel, connection.Session, options.ClientId, options.Time);
            SignInResult signedIn = await signIn.SignInAsync(credential, cancellationToken).ConfigureAwait(false);
            ApplyLimits(connection.Limits, signedIn);
            connection.Channel.Server = signedIn.Server;
            return new MailClient(connection, signIn, signedIn);
        }
        catch (MailServerException e)
        {
            connection.Dispose();
            MailServerException explained = await new SchemeLook(options).ExplainAsync(e, cancellationToken).ConfigureAwait(false);
            if (explained != e)
            {
                throw explained;
            }
            throw;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void ApplyLimits(AccountLimits limits, SignInResult signedIn)
    {
        if (signedIn is { Jmap: { } session, Server: { } server })
        {
            limits.ApplyJmap(server, session.Limits.MaxConcurrentRequests);
        }
        else
        {
            limits.Apply(signedIn.Server);
        }
    }

    /// <summary>The same connection for the calls of one command for many items. Disposing it does nothing.</summary>
    /// <param name="batch">What the calls have in common.</param>
    public MailClient ForBatch(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new MailClient(_connection, _connection.OpenChannel(batch), _signIn, _signedIn, Dialect, _schema, Principals, batch, _isDryRun);
    }

    /// <summary>
    /// The same connection for finding out what writes would do: each reads what the server would look at, fails as it would, and sends nothing. Null before 0.16: there the checks of
    /// the resources tell it. Disposing it does nothing.
    /// </summary>
    public MailClient? OpenDryRun() => OpenDryRun(_channel);

    private MailClient? OpenDryRun(ApiChannel channel) => Jmap is null ? null : new MailClient(_connection, channel, _signIn, _signedIn, Dialect, _schema, principals: null, Batch, isDryRun: true);

    /// <summary>The batch that the calls belong to; null for single calls.</summary>
    public Batch? Batch { get; }

    /// <summary>The base address the user gave.</summary>
    public Uri BaseUri => _connection.Channel.Uri.Base;
    /// <summary>Who signed in, where that is known.</summary>
    public string? UserName => _signedIn.UserName;
    /// <summary>Version, edition and permissions; null for a key without the permission to ask.</summary>
    public ServerInfo? Server => _signedIn.Server;
    /// <summary>How the server is administered.</summary>
    public ServerFamily Family => Server?.Family ?? ServerFamily.Rest;
    /// <summary>What this version of the server does differently from others.</summary>
    public ServerDialect Dialect { get; }
    /// <summary>Asks the server what it is and what the account may do, as connecting does (POST /oauth; from 0.16 on GET /account, GET /schema).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Version, edition and permissions as they are now.</returns>
    /// <exception cref="MailServerException">As <see cref="OAuthResource.RequestCodeAsync"/>; <c>Forbidden</c> for an account that may do nothing.</exception>
    public async Task<ServerInfo> DescribeServerAsync(CancellationToken cancellationToken) => Family == ServerFamily.Jmap
        ? await _signIn.DescribeNewerServerAsync(cancellationToken).ConfigureAwait(false)
        : (await OAuth.RequestCodeAsync("mailadmin", "stalwart://auth", null, cancellationToken).ConfigureAwait(false)).Server;

    /// <summary>When the access token expires; null for API keys and when it is unknown.</summary>
    public DateTimeOffset? TokenExpires => _connection.Session.Current.ExpiresAt;
    /// <summary>How many calls may be in progress at once, at most: 4, or 64 with <c>unlimited-requests</c>. Near the server there are fewer, since more gain nothing.</summary>
    public int ConcurrencyLimit => _connection.Limits.MaxConcurrency;

    /// <summary>How many objects one request writes, at most, where many are to be written: 1 up to 0.15, and 100 from 0.16 on.</summary>
    public int WritesPerRequest => Jmap is null ? 1 : GatheredWrites.MaxChanges;
    /// <summary>Whether calls are paced to 1,000 a minute.</summary>
    public bool IsPaced => _connection.Limits.IsPaced;
    /// <summary>The clock of the connection.</summary>
    public TimeProvider Time => _connection.Time;

    /// <summary>Raised when the client waits: a rate limit, pacing, a retry. From any thread.</summary>
    public event Action<WaitNotice>? Waiting
    {
        add => _connection.WaitNotifier.Waiting += value;
        remove => _connection.WaitNotifier.Waiting -= value;
    }

    /// <summary>Raised for what is no error and must be told all the same: a list that is perhaps not complete. From any thread.</summary>
    public event Action<ClientWarning>? Warned
    {
        add => _connection.Channel.Warnings.Warned += value;
        remove => _connection.Channel.Warnings.Warned -= value;
    }

    /// <summary>How long <paramref name="calls"/> calls will take by the minute limit alone; null when unpaced or within the budget.</summary>
    public TimeSpan? EstimateDuration(long calls) => IsPaced ? MinuteBudget.EstimateDuration(calls) : null;

    /// <summary>Accounts, groups, lists, domains, roles and the rest.</summary>
    public PrincipalResource Principals { get; }
    /// <summary>The import of many principals at once.</summary>
    public Provisioner Provisioning { get; }
    /// <summary>Mail that waits for delivery.</summary>
    public QueueResource Queue { get; }
    /// <summary>Whether the server delivers.</summary>
    public QueueStateResource QueueState { get; }
    /// <summary>DMARC and TLS reports that wait to be sent.</summary>
    public QueueReportResource QueueReports { get; }
    /// <summary>DMARC, TLS and abuse reports that others sent.</summary>
    public IncomingReportResource IncomingReports { get; }
    /// <summary>The signed-in account: password, one-time codes, app passwords, encryption.</summary>
    public AccountResource Account { get; }
    /// <summary>OAuth: codes, device approval, stream tokens.</summary>
    public OAuthResource OAuth { get; }
    /// <summary>Tests of deliveries to other hosts.</summary>
    public DeliveryTestResource DeliveryTest { get; }
    /// <summary>Events and measurements as they happen.</summary>
    public LiveTelemetryResource Live { get; }
    /// <summary>Liveness and readiness.</summary>
    public HealthResource Health { get; }
    /// <summary>Blobs, purges, counters and deleted items.</summary>
    public StoreResource Store { get; }
    /// <summary>The spam filter: what it learns from, and what it makes of a message.</summary>
    public SpamResource Spam { get; }
    /// <summary>The test of SPF, DKIM and DMARC.</summary>
    public DmarcTestResource DmarcTest { get; }
    /// <summary>Any call, through the same chain and error mapping.</summary>
    public RawResource Raw { get; }
    /// <summary>The flat settings.</summary>
    public SettingsResource Settings { get; }
    /// <summary>The objects of a server from 0.16 on, settings among them.</summary>
    public ObjectResource Objects { get; }
    /// <summary>DKIM signatures.</summary>
    public DkimResource Dkim { get; }
    /// <summary>The DNS records that domains need.</summary>
    public DnsResource Dns { get; }
    /// <summary>Reloads, updates, search indexes, purges and counters.</summary>
    public MaintenanceResource Maintenance { get; }
    /// <summary>Work in the background, from 0.16 on.</summary>
    public TaskResource Tasks { get; }
    /// <summary>The history of metrics and traces (Enterprise).</summary>
    public TelemetryResource Telemetry { get; }
    /// <summary>The server's log.</summary>
    public LogResource Logs { get; }

    /// <summary>The methods of a server from 0.16 on; null before.</summary>
    internal JmapChannel? Jmap { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed && Batch is null && !_isDryRun)
        {
            _disposed = true;
            _connection.Dispose();
        }
    }
}
