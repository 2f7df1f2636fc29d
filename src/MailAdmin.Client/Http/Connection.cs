using System.Globalization;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Everything between the resources and the network: created once per connection, and disposed with it.</summary>
internal sealed class Connection : IDisposable
{
    private readonly IDisposable _lifetime;
    private readonly CancellationTokenSource _closing;
    private readonly OutageGate _outageGate;

    private Connection(ApiChannel channel, SessionHolder session, AccountLimits limits, WaitNotifier waitNotifier, TimeProvider time, OutageGate outageGate, IDisposable lifetime, CancellationTokenSource closing) =>
        (Channel, Session, Limits, WaitNotifier, Time, _outageGate, _lifetime, _closing) = (channel, session, limits, waitNotifier, time, outageGate, lifetime, closing);

    public ApiChannel Channel { get; }
    public SessionHolder Session { get; }
    public AccountLimits Limits { get; }
    public WaitNotifier WaitNotifier { get; }
    public TimeProvider Time { get; }

    public static Connection Open(MailClientOptions options, ApiUri uri)
    {
        var session = new SessionHolder();
        var limits = new AccountLimits();
        var waitNotifier = new WaitNotifier(options.OnWait);
        HttpClient client = options.HttpClientBuilder(CreatePipelineParts(options, session, limits, waitNotifier), out IDisposable lifetime);
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, */*;q=0.5");
        var closing = new CancellationTokenSource();
        var channel = new ApiChannel(client, uri, options.MaximumRetryCount, options.Time, closing.Token)
        {
            IdleTimeout = options.OperationTimeout,
            Proxy = options.Transport is null ? ConnectionProxy.Create(options)?.Describe(options.BaseUri) : null,
        };
        var outageGate = new OutageGate(channel.IsAliveAsync, options.RetryInterval, waitNotifier, options.Time);
        return new Connection(channel, session, limits, waitNotifier, options.Time, outageGate, lifetime, closing);
    }

    /// <summary>The channel for the calls of a batch.</summary>
    public ApiChannel OpenChannel(Batch batch) => Channel.ForBatch(new BatchSender(batch, _outageGate));

    public void Dispose()
    {
        Session.ClearTokens();
        _closing.Cancel();
        _lifetime.Dispose();
        _closing.Dispose();
    }

    private static string UserAgent { get; } = $"MailAdmin/{typeof(Connection).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    private static HttpPipelineParts CreatePipelineParts(MailClientOptions options, SessionHolder session, AccountLimits limits, WaitNotifier waitNotifier) => new()
    {
        PrimaryHandler = options.Transport ?? (() => SocketTransport.Create(options)),
        // Outermost first. The pacing counts each call once; only calls that may be sent now take a slot; the token is added last.
        Handlers =
        [
            () => new BufferingHandler(options.OperationTimeout, options.Time),
            () => new PacingHandler(limits, waitNotifier, options.Time),
            () => new ConcurrencyHandler(limits, options.OperationTimeout, options.Time),
            () => new AuthenticationHandler(session),
            () => new RedirectHandler(),
        ],
        RetryDelay = new RetryPolicy(options.RetryInterval, options.Time).GetDelay,
        OnRetry = (request, attempt, delay) => waitNotifier.Notify(FormatRetryReason(request, attempt), delay, WaitKind.Retry),
        MaxRetries = options.MaximumRetryCount,
        AttemptTimeout = options.OperationTimeout,
        Time = options.Time,
    };

    private static string FormatRetryReason(HttpRequestMessage request, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{ApiRequestContext.Get(request)?.Operation.ToString() ?? "The call"} failed and is sent again (retry {attempt + 1}).");
}
