using System.Globalization;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Everything between the resources and the network: created once per connection, and disposed with it.</summary>
internal sealed class Connection : IDisposable
{
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _closing;
    private readonly OutageGate _outageGate;

    private Connection(ApiChannel channel, SessionHolder session, AccountLimits limits, WaitNotifier waitNotifier, TimeProvider time, OutageGate outageGate, HttpClient client, CancellationTokenSource closing) =>
        (Channel, Session, Limits, WaitNotifier, Time, _outageGate, _client, _closing) = (channel, session, limits, waitNotifier, time, outageGate, client, closing);

    public ApiChannel Channel { get; }
    public SessionHolder Session { get; }
    public AccountLimits Limits { get; }
    public WaitNotifier WaitNotifier { get; }
    public TimeProvider Time { get; }

    /// <summary>Tells how hard a password is to guess; null where nothing here can.</summary>
    public Func<string, int>? ScorePassword { get; private init; }

    public static Connection Open(MailClientOptions options, ApiUri uri)
    {
        var session = new SessionHolder();
        var limits = new AccountLimits();
        var waitNotifier = new WaitNotifier(options.OnWait);
        HttpClient client = HttpPipeline.Create(options.Transport?.Invoke() ?? SocketTransport.Create(options), CreateHandlers(options, session, limits, waitNotifier));
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, */*;q=0.5");
        var closing = new CancellationTokenSource();
        var channel = new ApiChannel(client, uri, options.MaximumRetryCount, options.Time, closing.Token)
        {
            IdleTimeout = options.OperationTimeout,
            Proxy = options.Transport is null ? ConnectionProxy.Create(options)?.Describe(options.BaseUri) : null,
        };
        var outageGate = new OutageGate(channel.IsAliveAsync, options.RetryInterval, waitNotifier, options.Time);
        return new Connection(channel, session, limits, waitNotifier, options.Time, outageGate, client, closing) { ScorePassword = options.ScorePassword };
    }

    /// <summary>The channel for the calls of a batch.</summary>
    public ApiChannel OpenChannel(Batch batch) => Channel.ForBatch(new BatchSender(batch, _outageGate));

    public void Dispose()
    {
        Session.ClearTokens();
        _closing.Cancel();
        _client.Dispose();
        _closing.Dispose();
    }

    private static string UserAgent { get; } = $"MailAdmin/{typeof(Connection).Assembly.GetName().Version?.ToString(3) ?? "0"}";

    // Outermost first. What is sent again is all within; the pacing counts each call once; only calls that may be sent now take a slot; the token is
    // added last. The time limit is innermost: waiting for a slot or for the next minute does not count.
    private static IEnumerable<DelegatingHandler> CreateHandlers(MailClientOptions options, SessionHolder session, AccountLimits limits, WaitNotifier waitNotifier)
    {
        if (options.MaximumRetryCount > 0)
        {
            yield return options.RetryHandlerBuilder(CreateRetryRules(options, waitNotifier));
        }
        yield return new BufferingHandler(options.OperationTimeout, options.Time);
        yield return new PacingHandler(limits, waitNotifier, options.Time);
        yield return new ConcurrencyHandler(limits, options.OperationTimeout, options.Time);
        yield return new AuthenticationHandler(session);
        yield return new RedirectHandler();
        if (options.OperationTimeout != Timeout.InfiniteTimeSpan)
        {
            yield return new AttemptTimeoutHandler(options.OperationTimeout, options.Time);
        }
    }

    private static RetryRules CreateRetryRules(MailClientOptions options, WaitNotifier waitNotifier) => new()
    {
        Delay = new RetryPolicy(options.RetryInterval, options.Time).GetDelay,
        OnRetry = (request, attempt, delay) => waitNotifier.Notify(FormatRetryReason(request, attempt), delay, WaitKind.Retry),
        MaxRetries = options.MaximumRetryCount,
        Time = options.Time,
    };

    private static string FormatRetryReason(HttpRequestMessage request, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{ApiRequestContext.Get(request)?.Operation.ToString() ?? "The call"} failed and is sent again (retry {attempt + 1}).");
}
